/** A market engine on a journal that can be made to fail as a full disk does. */
import { join } from 'node:path';
import { FirmCounter } from '#core/simulator/firm-counter.ts';
import { LOG_UPCASTERS } from '#core/simulator/log-entry.ts';
import { MarketEngine } from '#core/simulator/market-engine.ts';
import { RestartKeeper } from '#core/simulator/restart-keeper.ts';
import { RunLog, type LogJournal } from '#core/simulator/run-log.ts';
import { SnapshotStore } from '#core/simulator/snapshot-store.ts';
import type { ExchangeNotice } from '#core/simulator/index.ts';
import { Journal } from '#core/storage/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog } from './memory-log.ts';
import { TEST_LISTING, WALL_MS } from './simulator.ts';

export interface FlakyJournal extends LogJournal {
  failing: boolean;
}

function flaky(journal: Journal): FlakyJournal {
  const wrapped: FlakyJournal = {
    failing: false,
    get lastSeq() {
      return journal.lastSeq;
    },
    read: (fromSeq) => journal.read(fromSeq),
    append: (entries) => {
      if (wrapped.failing && entries.length > 0) throw new AppError('DISK_FULL');
      return journal.append(entries);
    },
    checkpoint: () => journal.checkpoint(),
    close: () => journal.close(),
  };
  return wrapped;
}

export interface FlakyStand {
  readonly engine: MarketEngine;
  readonly counter: FirmCounter;
  readonly journal: FlakyJournal;
  readonly heard: ExchangeNotice[];
  readonly time: FakeTime;
}

/** A market at its open, on a journal that works until it is told not to. */
export async function standOn(folder: string): Promise<FlakyStand> {
  const time = createFakeTime(WALL_MS);
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const journal = flaky(
    Journal.open({ path: join(folder, 'simulator.db'), role: 'simulator', upcasters: LOG_UPCASTERS }),
  );
  const sources = {
    calendar: krxCalendar,
    listing: () => TEST_LISTING,
    dailyRow: () => undefined,
    nextDailyDate: () => undefined,
  };
  const keeper = new RestartKeeper({ store: new SnapshotStore(join(folder, 'simulator')), clock, logger });
  const engine = new MarketEngine({ clock, timers, logger, sources, log: new RunLog(journal, clock), keeper });
  const heard: ExchangeNotice[] = [];
  engine.audience.watchNotices((notice) => heard.push(notice));
  const wish = { plan: { mode: 'synthetic', seed: 1 }, date: sessionDate('2026-03-03'), closes: new Map() } as const;
  await engine.exclusively(() =>
    engine.days.begin(wish, ({ exchange }) =>
      exchange.phaseOf('KRX') === 'continuous' ? null : epochMs(exchange.now + 1_000),
    ),
  );
  let ids = 0;
  return { engine, counter: new FirmCounter(engine, { next: () => `a-${(ids += 1)}` }), journal, heard, time };
}

/** The account's cash of D+2, won. */
export function krwOf(engine: MarketEngine, accountId: string): number {
  return engine.log.books.account(accountId).cashD2Krw;
}
