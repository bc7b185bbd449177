/** Runs a scenario of a test: a small market, an account that holds something, as fast as it goes. */
import { BUNDLED } from '#core/market/index.ts';
import { systemClock, systemTimers } from '#core/platform/index.ts';
import { runScenario, type RunWish } from '#core/scenarios/index.ts';
import { ScenarioDocument, type ScenarioRun } from '#shared/domain/index.ts';
import type { z } from 'zod';
import { createMemoryLog } from './memory-log.ts';

type Written = z.input<typeof ScenarioDocument>;

/** A quiet synthetic day of three issues with an account that holds two of them. */
export function scenario(change: Partial<Written> = {}): ScenarioDocument {
  return ScenarioDocument.parse({
    schemaVersion: 1,
    name: '시험 시나리오',
    market: { kind: 'synthetic', date: '2026-08-05', issues: ['005930', '000660', '247540'] },
    accounts: [
      {
        id: 'main',
        cashKrw: 10_000_000,
        holdings: [
          { issue: '005930', quantity: 500 },
          { issue: '000660', quantity: 100 },
        ],
      },
    ],
    ...change,
  } satisfies Written);
}

/** Plays it once with a seed. */
export async function played(document: ScenarioDocument, change: Partial<RunWish> = {}): Promise<ScenarioRun> {
  const { logger } = createMemoryLog();
  const time = { clock: systemClock, timers: systemTimers };
  const how = {
    seed: 3,
    ...time,
    version: 'test',
    listing: BUNDLED,
    logger,
    pace: () => null,
    progressed: () => undefined,
  };
  return runScenario({ document, ...how, ...change });
}
