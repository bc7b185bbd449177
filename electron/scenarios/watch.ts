/** Detectors of a run: the very engine and tap that guard a live account, on the run's own time, fed also with what the timeline says. */
import type { Logger } from '#shared/ports.ts';
import { TAP_KINDS, ThreatTap, type UsualDays } from '#core/threats/index.ts';
import {
  codeOf,
  type DetectorId,
  type KrxInstrument,
  type RunPlay,
  type RunThreat,
  type ScenarioDocument,
  type ScenarioEvent,
  type Threat,
} from '#shared/domain/index.ts';
import { usualDays, type ListedIssue } from '#shared/exchange/index.ts';
import {
  ALL_DETECTORS,
  scoresOf,
  ThreatEngine,
  type DetectorSetting,
  type ThreatEvent,
  type ThreatEventKind,
} from '#shared/threats/index.ts';
import { Rng } from '#shared/rng/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { RunRecord } from './recorded-days.ts';
import { RunPlays } from './run-plays.ts';
import { RunFiles } from './world/run-files.ts';
import type { VirtualTime } from './world/virtual-time.ts';
import type { World } from './world/world.ts';

export interface WatchParts {
  readonly document: ScenarioDocument;
  readonly seed: number;
  readonly time: VirtualTime;
  readonly world: World;
  /** A folder of the run's own. */
  readonly folder: string;
  readonly listing: readonly KrxInstrument[];
  /** The days that a replay plays: what the days before them were like is known from there alone. */
  readonly records: readonly RunRecord[];
  /** false: threats are seen, and nothing answers them. */
  readonly withPlays: boolean;
  readonly logger: Logger;
  readonly now: () => EpochMs;
  readonly told: (line: { readonly ko: string; readonly en: string }) => void;
  readonly played: (line: { readonly ko: string; readonly en: string }) => void;
}

/** Beside the tap's own: what a run knows of everything that it is made of. */
const RUN_KINDS: readonly ThreatEventKind[] = [
  ...TAP_KINDS,
  'futures',
  'indexHistory',
  'fx',
  'flow',
  'reconcile',
  'skew',
  'token',
  'schema',
  'text',
  'integrity',
  'program',
];
/** What a run makes up about the time before it: a recorded day has no such past but the recorded one. */
const MADE_UP: readonly ThreatEventKind[] = ['indexHistory', 'fx', 'flow'];
/** Median range of half an hour over the deviation of a day: a walk's range, over the session's part of the day's variance. */
const RANGE_OF_DAY = 0.35;
/** A median size of moves over their deviation. */
const MEDIAN_OF_SD = 0.6745;
/** Won per dollar in 1/100 won at the start of a run, made up. */
const RATE = 140_000;
const EOK = 100_000_000;
const SECOND_MS = 1_000;
/** A key's length and letters. @source KIS protocol facts: an app key has 36 characters */
const KEY_LENGTH = 36;
const KEY_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** What a scenario arms: every detector, or those it names with figures of its own. */
function settingsOf({ detectors }: ScenarioDocument): Partial<Record<DetectorId, DetectorSetting>> {
  if (detectors === 'all') return {};
  const named = new Map(detectors.map(({ id, params }) => [id, params]));
  return Object.fromEntries(
    ALL_DETECTORS.map(({ id }) => [id, { on: named.has(id), params: named.get(id) ?? {} } satisfies DetectorSetting]),
  );
}

/** Kinds that a run has: of a recorded day without what would be made up, unless its timeline tells of it. */
function kindsOf({ market, events }: ScenarioDocument): ReadonlySet<ThreatEventKind> {
  const told = new Set<string>(events.map(({ kind }) => kind));
  return new Set(RUN_KINDS.filter((kind) => market.kind !== 'replay' || !MADE_UP.includes(kind) || told.has(kind)));
}

/** Text in the shape of a key, drawn for this run: no key of anybody stands in a file. */
function madeUpKey(seed: number): string {
  const rng = Rng.from(seed, 'made-up-key');
  return Array.from({ length: KEY_LENGTH }, () => KEY_LETTERS.charAt(rng.int(KEY_LETTERS.length))).join('');
}

export class Watch {
  readonly engine: ThreatEngine;
  readonly #parts: WatchParts;
  readonly #tap: ThreatTap;
  readonly #threats = new Map<string, Threat>();
  /** null: nothing answers. */
  readonly #plays: RunPlays | null;
  #usual: ReadonlyMap<string, UsualDays> = new Map();
  readonly #kinds: ReadonlySet<ThreatEventKind>;
  /** null: nothing is tampered with. */
  readonly #files: RunFiles | null;
  #rate = RATE;
  #stopped = false;
  #flows = new Map<string, number>();

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const { document, world, time, listing, told, logger, played, withPlays } = parts;
    const armed = withPlays ? document.plays : [];
    this.#plays = armed.length === 0 ? null : new RunPlays({ armed, world, time, logger, played });
    const { hub, desk, simulator, firmId, faults } = world;
    this.#kinds = kindsOf(document);
    this.#files = document.events.some(({ kind }) => kind === 'tamper')
      ? new RunFiles({ folder: parts.folder, document, journal: world.journal, clock: time.clock, logger })
      : null;
    this.engine = new ThreatEngine({
      detectors: ALL_DETECTORS,
      settings: settingsOf(document),
      inputs: this.#kinds,
      listener: {
        threat: (threat) => {
          const before = this.#threats.get(threat.threatId);
          this.#threats.set(threat.threatId, threat);
          this.#plays?.take(threat, () => this.engine.threats());
          if (!before)
            told({
              ko: `[${threat.detector}] ${threat.latest.sentenceKo}`,
              en: `[${threat.detector}] ${threat.latest.sentenceEn}`,
            });
        },
        alert: (alert) => this.#plays?.alert(alert),
        broken: (id, error) =>
          told({ ko: `감지기 ${id}가 멈췄습니다: ${String(error)}`, en: `Detector ${id} broke: ${String(error)}` }),
      },
    });
    const ids = listing.map(({ id }) => id);
    this.#tap = new ThreatTap({
      hub,
      desk,
      clock: time.clock,
      timers: time.timers,
      followed: () => ids,
      usual: (id) => this.#usual.get(codeOf(id)) ?? NOTHING,
      futures: (market) => simulator.futures(market),
      brokerQty: (accountId, id) =>
        simulator.positions(firmId(accountId)).find(({ instrumentId }) => instrumentId === id)?.quantity ?? 0,
      skewMs: faults ? () => world.skewMs() : null,
      sink: (event) => this.#take(event),
    });
  }

  openDay(day: number, date: SessionDate): void {
    const { document } = this.#parts;
    if (document.market.kind === 'replay') this.#rememberPast(day, date);
    else this.#makeUpPast(date);
    if (this.#kinds.has('fx')) this.#tell({ kind: 'fx', ts: this.#parts.now(), rate: this.#rate });
    this.#flows = new Map();
    if (day > 1) return;
    this.#plays?.start();
    this.#tap.start();
    this.#lookAtFiles();
  }

  /** The days before a recorded one, as they were recorded; what was not is not made up, and that is said. */
  #rememberPast(day: number, date: SessionDate): void {
    const { records, listing, told } = this.#parts;
    const usual = records.find((record) => record.date === date)?.usual ?? [];
    this.#usual = new Map(usual.map(({ code, days }) => [code, days]));
    const blind = [...this.engine.states()].flatMap(([id, state]) => (state === 'noInput' ? [id] : [])).join(', ');
    if (day === 1 && blind !== '')
      told({
        ko: `입력 없음: ${blind}. 기록에 없는 과거는 지어내지 않습니다.`,
        en: `No input: ${blind}. A past that was not recorded is not made up.`,
      });
    const names = listing.flatMap(({ code, nameKo }) =>
      (this.#usual.get(code)?.averageVolume ?? null) === null ? [nameKo] : [],
    );
    if (names.length > 0)
      told({
        ko: `입력 부족: ${names.join(', ')}의 앞선 20일 기록이 없어 그날 배운 값과 견줍니다.`,
        en: `Too little input: 20 days before are not recorded of ${names.join(', ')}; they are compared with what is learnt on the day.`,
      });
  }

  /** The days before a generated one, as its market would have gone. */
  #makeUpPast(date: SessionDate): void {
    const { world, listing, seed } = this.#parts;
    const issues = listing.flatMap(({ id }): ListedIssue[] => {
      const listed = world.simulator.listed(id);
      return listed ? [listed] : [];
    });
    this.#usual = usualDays(issues, seed, date);
    const ts = this.#parts.now();
    for (const market of ['KOSPI', 'KOSDAQ'] as const) {
      const own = issues
        .filter((issue) => issue.market === market)
        .map(({ code }) => this.#usual.get(code)?.closes ?? []);
      const closes = (own[0] ?? []).map((_, place) =>
        own.reduce((sum, path) => sum + (path[place] ?? 0) / (path.at(-1) ?? 1), 0),
      );
      this.#tell({ kind: 'indexHistory', ts, market, medianRange30Ppm: usualRange(closes), closes });
    }
  }

  /** What the timeline says that neither market nor desk can show. */
  happened(event: ScenarioEvent): void {
    const ts = this.#parts.now();
    switch (event.kind) {
      case 'fx':
        this.#drift(event.minutes, (part) => {
          this.#tell({
            kind: 'fx',
            ts: this.#parts.now(),
            rate: Math.round(this.#rate * (1 + (event.pct / 100) * part)),
          });
          if (part === 1) this.#rate = Math.round(this.#rate * (1 + event.pct / 100));
        });
        return;
      case 'flow':
        this.#drift(event.minutes, (part) => this.#flow(event, part));
        return;
      case 'keyInText':
        this.#tell({ kind: 'text', ts, where: event.where, text: `appkey=${madeUpKey(this.#parts.seed)}` });
        return;
      case 'tamper':
        this.#files?.tamper(event.what);
        return;
      case 'foreignToken':
        for (let count = 0; count < event.count; count += 1)
          this.#tell({ kind: 'token', ts, what: 'foreign', expiresTs: null });
        return;
      case 'expireToken':
        this.#tell({ kind: 'token', ts, what: 'refused', expiresTs: null });
        return;
      case 'columns':
        this.#tell({ kind: 'schema', ts, channel: 'H0STCNT0', expected: 46, got: 46 + event.more });
        return;
      case 'rateStorm':
        for (let count = 0; count < Math.min(60, event.seconds); count += 1)
          this.#later(count, () =>
            this.#tell({ kind: 'program', ts: this.#parts.now(), what: 'rateLimited', value: 1 }),
          );
        return;
      default:
    }
  }

  /** Nothing is watched any more. */
  stop(): void {
    this.#stopped = true;
    this.#tap.stop();
    this.#plays?.stop();
  }

  /** Lets go of the run's files. */
  close(): void {
    this.#files?.close();
  }

  /** Once a second, as the guard of an environment does. */
  #lookAtFiles(): void {
    if (this.#files === null || this.#stopped) return;
    this.#files.look((event) => this.#tell(event), this.#parts.now());
    this.#later(1, () => this.#lookAtFiles());
  }

  score(): number {
    return scoresOf(this.engine.threats(), this.engine.now).total;
  }

  threats(): RunThreat[] {
    return [...this.#threats.values()].map((threat): RunThreat => {
      const { detector, firstTs, clearedTs, severity, score, subject, latest } = threat;
      const { sentenceKo, sentenceEn, picture } = latest;
      return { detector, at: firstTs, clearedAt: clearedTs, severity, score, subject, sentenceKo, sentenceEn, picture };
    });
  }

  plays(): RunPlay[] {
    return this.#plays?.list() ?? [];
  }

  /** Whoever answers knows which order is being judged while it is. */
  #take(event: ThreatEvent): void {
    if (this.#plays && event.kind === 'order' && event.step === 'asked')
      this.#plays.during(event, () => this.engine.take(event));
    else this.engine.take(event);
  }

  #tell(event: ThreatEvent): void {
    this.#tap.tell(event);
  }

  #later(seconds: number, run: () => void): void {
    this.#parts.time.timers.after(seconds * SECOND_MS, run);
  }

  /** In sixty parts over the time; at once where there is none. */
  #drift(minutes: number, step: (part: number) => void): void {
    if (minutes === 0) return step(1);
    for (let part = 1; part <= 60; part += 1) this.#later(part * minutes, () => step(part / 60));
  }

  #flow({ group, market, eokKrw }: Extract<ScenarioEvent, { readonly kind: 'flow' }>, part: number): void {
    const key = `${group} ${market}`;
    const before = this.#flows.get(key) ?? 0;
    const netKrw = Math.round(eokKrw * EOK * part);
    if (part === 1) this.#flows.set(key, before + netKrw);
    this.#tell({
      kind: 'flow',
      ts: this.#parts.now(),
      market,
      group,
      netKrw: before + netKrw,
      ...(this.#parts.document.market.kind === 'replay'
        ? { averageTurnoverKrw: null, pastDays: [] }
        : { averageTurnoverKrw: 10_000_000_000_000, pastDays: PAST_FLOWS }),
    });
  }
}

/** Median range of an index in half an hour as its past days suggest, ppm. */
function usualRange(closes: readonly number[]): number {
  const moves = closes.slice(1).map((close, place) => Math.abs(close / (closes[place] ?? close) - 1));
  const middle = moves.toSorted((a, b) => a - b)[Math.floor(moves.length / 2)] ?? 0;
  return Math.round((middle / MEDIAN_OF_SD) * RANGE_OF_DAY * 1_000_000);
}

const NOTHING = { averageVolume: null, minuteVolumes: null, usualDepth: null, usualSpreadTicks: null, closes: [] };
/** Past days of a group's net purchases, made up: back and forth by some hundred billion won. */
const PAST_FLOWS: readonly number[] = Array.from({ length: 750 }, (_, day) =>
  Math.round(Math.sin(day * 1.7) * 300_000_000_000),
);
