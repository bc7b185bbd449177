/** Faults and the market's clock by command: `POST /emulator/faults`, `POST /emulator/market`, `GET /emulator/status`, and scripts of the same words. */
import { z } from 'zod';
import { kstTimeText, type EpochMs } from '#shared/time/index.ts';
import type { HttpAnswer } from '../platform/index.ts';
import type { Faults } from './faults.ts';
import type { Incoming } from './incoming.ts';

const Ms = z.number().min(0).max(86_400_000);
const Times = z.int().min(1).max(10_000);
/** Which calls, how often. */
const filter = {
  tr: z.union([z.string(), z.array(z.string())]).optional(),
  only: z.enum(['orders', 'others']).optional(),
  times: Times.default(1),
};

/** A fault in words. @source docs/emulator.md */
export const FaultWish = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('slow'), ms: Ms, ...filter }),
  z.strictObject({ fault: z.literal('cut'), when: z.enum(['before', 'after']).default('before'), ...filter }),
  z.strictObject({ fault: z.literal('silence'), taken: z.boolean().default(true), ...filter }),
  z.strictObject({ fault: z.literal('code'), code: z.string().regex(/^EGW\d{5}$/), ...filter }),
  z.strictObject({
    fault: z.literal('html'),
    status: z.int().min(200).max(599).default(503),
    taken: z.boolean().default(false),
    ...filter,
  }),
  z.strictObject({ fault: z.literal('truncated'), ...filter }),
  z.strictObject({ fault: z.literal('status'), status: z.int().min(400).max(599), ...filter }),
  z.strictObject({ fault: z.literal('drop'), midFrame: z.boolean().default(false) }),
  z.strictObject({ fault: z.literal('close'), code: z.int().min(1000).max(4999).default(1001) }),
  z.strictObject({ fault: z.literal('mute'), ms: Ms }),
  z.strictObject({ fault: z.literal('duplicateNotices'), times: Times.default(1) }),
  z.strictObject({ fault: z.literal('missNotices'), times: Times.default(1) }),
  z.strictObject({ fault: z.literal('columns'), more: z.int().min(-40).max(40) }),
  z.strictObject({ fault: z.literal('garbage'), text: z.string().max(100_000).default('@@@') }),
  z.strictObject({ fault: z.literal('expireTokens') }),
  z.strictObject({ fault: z.literal('expireApprovals') }),
  z.strictObject({ fault: z.literal('clock'), offsetMs: z.int().min(-604_800_000).max(604_800_000) }),
  z.strictObject({ fault: z.literal('rateStorm'), ms: Ms }),
  z.strictObject({ fault: z.literal('maintenance'), ms: Ms, as: z.enum(['html', 'code']).default('html') }),
  z.strictObject({ fault: z.literal('refuseLate'), times: Times.default(1), text: z.string().max(80).optional() }),
  z.strictObject({ fault: z.literal('holdSession'), ms: Ms }),
  z.strictObject({ fault: z.literal('clear') }),
]);
export type FaultWish = z.infer<typeof FaultWish>;

/** One line of a script: a fault with when it comes. */
export interface ScriptLine {
  /** Server time, "09:30" or "09:30:00"; null: by `afterMs`. */
  readonly at: string | null;
  /** Wall milliseconds after the start. */
  readonly afterMs: number;
  readonly wish: FaultWish;
}

/** A script that cannot be read: the line's number from 1, and why. */
export class ScriptMistake extends Error {
  readonly line: number;

  constructor(line: number, why: string) {
    super(why);
    this.name = 'ScriptMistake';
    this.line = line;
  }
}

/** The lines of a script, JSON each; empty lines and those that begin with # say nothing. Throws ScriptMistake. */
export function readScript(text: string): readonly ScriptLine[] {
  const lines: ScriptLine[] = [];
  for (const [place, each] of text.split('\n').entries()) {
    const line = each.trim();
    if (line === '' || line.startsWith('#')) continue;
    try {
      const { at = null, afterMs = 0, ...wish } = JSON.parse(line) as Record<string, unknown>;
      const head = z
        .object({
          at: z
            .string()
            .regex(/^\d{2}:\d{2}(:\d{2})?$/)
            .nullable(),
          afterMs: Ms,
        })
        .parse({ at, afterMs });
      lines.push({ ...head, wish: FaultWish.parse(wish) });
    } catch (error) {
      throw new ScriptMistake(place + 1, error instanceof z.ZodError ? z.prettifyError(error) : String(error));
    }
  }
  return lines;
}

/** Puts a fault into force. */
export function applyFault(faults: Faults, wish: FaultWish): void {
  switch (wish.fault) {
    case 'slow':
      return faults.call({ kind: 'slow', ms: wish.ms }, filterOf(wish), wish.times);
    case 'cut':
      return faults.call({ kind: 'cut', when: wish.when }, filterOf(wish), wish.times);
    case 'silence':
      return faults.call({ kind: 'silence', taken: wish.taken }, filterOf(wish), wish.times);
    case 'code':
      return faults.call({ kind: 'gateway', code: wish.code }, filterOf(wish), wish.times);
    case 'html':
      return faults.call({ kind: 'html', status: wish.status, taken: wish.taken }, filterOf(wish), wish.times);
    case 'truncated':
      return faults.call({ kind: 'truncated' }, filterOf(wish), wish.times);
    case 'status':
      return faults.call({ kind: 'status', status: wish.status }, filterOf(wish), wish.times);
    case 'drop':
      return faults.socket({ kind: 'drop', midFrame: wish.midFrame });
    case 'close':
      return faults.socket({ kind: 'close', code: wish.code });
    case 'mute':
      return faults.socket({ kind: 'mute', ms: wish.ms });
    case 'duplicateNotices':
    case 'missNotices':
      return faults.socket({ kind: wish.fault, count: wish.times });
    case 'columns':
      return faults.socket({ kind: 'columns', more: wish.more });
    case 'garbage':
      return faults.socket({ kind: 'garbage', text: wish.text });
    case 'expireTokens':
    case 'expireApprovals':
      return faults.server({ kind: wish.fault });
    case 'clock':
      return faults.server({ kind: 'clock', offsetMs: wish.offsetMs });
    case 'rateStorm':
      return faults.server({ kind: 'rateStorm', ms: wish.ms });
    case 'maintenance':
      return faults.server({ kind: 'maintenance', ms: wish.ms, as: wish.as });
    case 'refuseLate': {
      const text = wish.text === undefined ? {} : { text: wish.text };
      return faults.server({ kind: 'refuseLate', count: wish.times, ...text });
    }
    case 'holdSession':
      return faults.server({ kind: 'holdSession', ms: wish.ms });
    case 'clear':
      return faults.clear();
  }
}

function filterOf(wish: {
  readonly tr?: string | string[] | undefined;
  readonly only?: 'orders' | 'others' | undefined;
}) {
  return {
    ...(wish.tr === undefined ? {} : { tr: typeof wish.tr === 'string' ? [wish.tr] : wish.tr }),
    ...(wish.only === undefined ? {} : { only: wish.only }),
  };
}

/** What may be done with the market's clock. */
export const MarketWish = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('step'), ms: z.int().min(1).max(3_600_000) }),
  z.strictObject({ do: z.literal('speed'), factor: z.number().min(1).max(10_000) }),
  z.strictObject({ do: z.literal('nextDay') }),
]);
export type MarketWish = z.infer<typeof MarketWish>;

/** What the control path moves. */
export interface ControlTargets {
  readonly faults: Faults;
  readonly market: {
    pause(): void;
    resume(): void;
    step(ms: number): Promise<void>;
    speed(factor: number): void;
    nextDay(): Promise<void>;
  };
  readonly status: () => Readonly<Record<string, unknown>>;
}

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\]|emulator)(:\d+)?$/;

/** Whether a call is for whoever runs the server. */
export function isControl({ path }: Incoming): boolean {
  return path.startsWith('/emulator/');
}

function said(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Answers the control path; only programs of this machine are heard, not pages that were opened in a browser. */
export async function answerControl(call: Incoming, targets: ControlTargets): Promise<HttpAnswer> {
  const { headers, method, path } = call;
  const foreign = !LOOPBACK_HOST.test(headers['host'] ?? 'emulator') || headers['origin'] !== undefined;
  if (foreign) return said(403, { error: 'only for this machine' });
  if (method === 'GET' && path === '/emulator/status') return said(200, targets.status());
  try {
    const asked: unknown = JSON.parse(call.body);
    if (method === 'POST' && path === '/emulator/faults') {
      const wishes = z.union([z.array(FaultWish), FaultWish.transform((wish) => [wish])]).parse(asked);
      for (const wish of wishes) applyFault(targets.faults, wish);
      return said(200, { faults: wishes.length });
    }
    if (method === 'POST' && path === '/emulator/market') {
      await moveMarket(MarketWish.parse(asked), targets);
      return said(200, targets.status());
    }
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return said(400, { error: why });
  }
  return said(404, { error: 'not found' });
}

async function moveMarket(wish: MarketWish, { market }: ControlTargets): Promise<void> {
  switch (wish.do) {
    case 'pause':
      market.pause();
      return;
    case 'resume':
      market.resume();
      return;
    case 'step':
      return market.step(wish.ms);
    case 'speed':
      market.speed(wish.factor);
      return;
    case 'nextDay':
      return market.nextDay();
  }
}

/** What a script is played on. */
interface PlayerParts {
  readonly faults: Faults;
  readonly now: () => EpochMs;
  readonly wallMs: () => number;
}

/** Plays the lines of a script when their time has come, each once. */
export class ScriptPlayer {
  readonly #parts: PlayerParts;
  readonly #startMs: number;
  readonly #startText: string;
  #left: readonly ScriptLine[];

  constructor(lines: readonly ScriptLine[], parts: PlayerParts) {
    this.#left = lines;
    this.#parts = parts;
    this.#startMs = parts.wallMs();
    this.#startText = kstTimeText(parts.now());
  }

  turn(): void {
    const passedMs = this.#parts.wallMs() - this.#startMs;
    const time = kstTimeText(this.#parts.now());
    const isDue = ({ at, afterMs }: ScriptLine): boolean => {
      if (passedMs < afterMs) return false;
      if (at === null) return true;
      // A time before the start is one of the next day.
      const full = at.length === 5 ? `${at}:00` : at;
      return full >= this.#startText ? time >= full : time >= full && time < this.#startText;
    };
    const due = this.#left.filter(isDue);
    if (due.length === 0) return;
    this.#left = this.#left.filter((line) => !due.includes(line));
    for (const { wish } of due) applyFault(this.#parts.faults, wish);
  }
}
