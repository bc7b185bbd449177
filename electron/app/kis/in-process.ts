/** An emulator in this process that answers single calls of a person who looks around: no server, no network, and no market of the user's. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createKisRealtime,
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  kisLimits,
  type KisRealtimeClient,
  type KisRestClient,
} from '#core/broker/kis/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, memoryTransport, type Emulator } from '#core/emulator/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Ids, Logger, Timer, Timers } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import { kstDate } from '#shared/time/index.ts';
import type { ConnectionKeys } from '../connections/entry.ts';
import type { ApiCaller } from './api-call.ts';

/** Issues of its market: the largest, enough to look at, and there in a moment. */
const ISSUES = 20;
const LARGEST = [...BUNDLED]
  .sort((a, b) => b.basePrice * (b.listedShares ?? 0) - a.basePrice * (a.listedShares ?? 0))
  .slice(0, ISSUES);

interface Parts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly rng: Rng;
  readonly logger: Logger;
}

/** At home by day, or the American night. */
type Market = 'kr' | 'us';

/** How far the market goes at once, and how often, while somebody listens, milliseconds. */
const STEP_MS = 1_000;
/** From the open past the random start of continuous trading, milliseconds. */
const FIRST_MS = 60_000;

interface Opened {
  readonly emulator: Emulator;
  readonly caller: ApiCaller & { readonly rest: KisRestClient };
  readonly listen: () => Listening;
  readonly close: () => Promise<void>;
}

/** Hears channels of the market, whose clock goes on only meanwhile. */
export interface Listening {
  readonly realtime: KisRealtimeClient;
  readonly keys: ConnectionKeys;
  readonly stop: () => void;
}

/** Each market is opened at the first call for it and kept until the core closes. */
export class InProcessKis {
  readonly #parts: Parts;
  readonly #open = new Map<Market, Promise<Opened>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async caller(): Promise<ApiCaller> {
    return (await this.#market('kr')).caller;
  }

  async listen(market: Market): Promise<Listening> {
    return (await this.#market(market)).listen();
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const market of open) await (await market.catch(() => null))?.close();
  }

  async #market(market: Market): Promise<Opened> {
    const open = this.#open.get(market) ?? this.#build(market);
    this.#open.set(market, open);
    try {
      return await open;
    } catch (error) {
      this.#open.delete(market);
      throw error;
    }
  }

  async #build(market: Market): Promise<Opened> {
    const { clock, timers, ids, rng, logger } = this.#parts;
    // Its keys and books are nobody's, and are gone with it.
    const folder = mkdtempSync(join(tmpdir(), 'maru-kis-'));
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    try {
      const catalogue = kisCatalogue();
      const emulator = await createEmulator({
        env: 'real',
        folder,
        clock,
        timers,
        ids,
        logger: logger.child('emulator'),
        random: (size) => randomBytes(size),
        calendar: krxCalendar,
        catalogue,
        listing: () => LARGEST,
        still: true,
        market,
      });
      // A market that has lived a little has something to tell.
      await emulator.step(FIRST_MS);
      const { appKey, appSecret, account, htsId } = emulator.facts;
      const [accountNo = '', productCode = ''] = account.split('-');
      const keys = { appKey, appSecret, accountNo, productCode, htsId };
      const restUrl = 'http://127.0.0.1';
      const endpoint = { environment: 'real', kind: 'emulator', restUrl, wsUrl: 'ws://127.0.0.1' } as const;
      const transport = memoryTransport(emulator, { timers });
      const rest = createKisRest({
        endpoint,
        keys: () => keys,
        tokenStore: createMemoryTokenStore(),
        transport,
        catalogue,
        clock,
        timers,
        serverClock: createServerClock({ clock }),
        rng,
        logger: logger.child('kis'),
        limits: kisLimits('real', kstDate(clock.now())),
        epoch: () => -1,
      });
      const realtime = createKisRealtime({
        endpoint,
        approvalKey: (renew) => {
          if (renew === true) rest.dropApprovalKey();
          return rest.approvalKey();
        },
        transport,
        catalogue,
        clock,
        timers,
        rng,
        logger: logger.child('realtime'),
      });
      const walk = walking(emulator, this.#parts);
      const close = async (): Promise<void> => {
        await walk.end();
        realtime.close();
        rest.close();
        await emulator.close();
        remove();
      };
      const listen = (): Listening => ({ realtime, keys, stop: walk.begin() });
      return { emulator, caller: { endpoint, keys, rest }, listen, close };
    } catch (error) {
      remove();
      throw error;
    }
  }
}

/** Moves the market while somebody listens, one step after the other; at the end of a day the next one begins. */
function walking(
  emulator: Emulator,
  { timers, logger }: Parts,
): { readonly begin: () => () => void; readonly end: () => Promise<void> } {
  let listeners = 0;
  let timer: Timer | null = null;
  /** The step under way. */
  let step: Promise<void> | null = null;
  let isOver = false;
  const go = async (ms: number): Promise<void> => {
    try {
      const { phase, nxtPhase } = emulator.simulator.session();
      if (phase === 'closed' && (nxtPhase === null || nxtPhase === 'closed')) await emulator.nextDay();
      await emulator.step(ms);
    } catch (error) {
      logger.warn('the market of the API explorer stood still for a step', { error });
    }
  };
  const next = (): void => {
    if (isOver) return;
    step ??= go(STEP_MS).finally(() => (step = null));
  };
  return {
    begin() {
      listeners += 1;
      timer ??= timers.every(STEP_MS, next);
      let on = true;
      return () => {
        if (!on) return;
        on = false;
        listeners -= 1;
        if (listeners > 0) return;
        timer?.cancel();
        timer = null;
      };
    },
    async end() {
      isOver = true;
      timer?.cancel();
      // A market that is closed in the middle of a step would fail in it.
      await step;
    },
  };
}
