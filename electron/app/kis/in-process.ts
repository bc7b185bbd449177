/** An emulator in this process that answers single calls of a person who looks around: no server, no network, and no market of the user's. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKisRest, createMemoryTokenStore, createServerClock, kisLimits } from '#core/broker/kis/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, memoryTransport } from '#core/emulator/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import { kstDate } from '#shared/time/index.ts';
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

/** Opened at the first call and kept until the core closes. */
export class InProcessKis {
  readonly #parts: Parts;
  #open: Promise<{ readonly caller: ApiCaller; readonly close: () => Promise<void> }> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async caller(): Promise<ApiCaller> {
    this.#open ??= this.#build();
    try {
      return (await this.#open).caller;
    } catch (error) {
      this.#open = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => null);
    this.#open = null;
    await open?.close();
  }

  async #build() {
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
      });
      const { appKey, appSecret, account, htsId } = emulator.facts;
      const [accountNo = '', productCode = ''] = account.split('-');
      const keys = { appKey, appSecret, accountNo, productCode, htsId };
      const restUrl = 'http://127.0.0.1';
      const endpoint = { environment: 'real', kind: 'emulator', restUrl, wsUrl: 'ws://127.0.0.1' } as const;
      const rest = createKisRest({
        endpoint,
        keys: () => keys,
        tokenStore: createMemoryTokenStore(),
        transport: memoryTransport(emulator, { timers }),
        catalogue,
        clock,
        timers,
        serverClock: createServerClock({ clock }),
        rng,
        logger: logger.child('kis'),
        limits: kisLimits('real', kstDate(clock.now())),
        epoch: () => -1,
      });
      const close = async (): Promise<void> => {
        rest.close();
        await emulator.close();
        remove();
      };
      return { caller: { endpoint, keys, rest }, close };
    } catch (error) {
      remove();
      throw error;
    }
  }
}
