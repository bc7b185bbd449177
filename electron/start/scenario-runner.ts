/** Scenarios for the command line: played in this process, without a core; of the data folder only records are read. */
import { homedir } from 'node:os';
import { withRecordedMarket, VERSION } from '#core/app/index.ts';
import type { ScenarioRunner } from '#core/hosts/cli/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { chooseDataDir, silentLogger, systemClock, systemTimers } from '#core/platform/index.ts';
import { collectRecords, reportOf, runScenario, type RunWish } from '#core/scenarios/index.ts';
import type { ScenarioDocument } from '#shared/domain/index.ts';
import library from '#resources/scenarios/library.json' with { type: 'json' };

/** Issues and days: a replay takes them from the data folder, another market needs none of it. */
function marketOf(document: ScenarioDocument, dataDir: string | undefined): Pick<RunWish, 'listing' | 'records'> {
  if (document.market.kind !== 'replay') return { listing: BUNDLED };
  const facts = { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd() };
  return withRecordedMarket(chooseDataDir(dataDir, facts), (recorded) => ({
    listing: recorded.listing(),
    records: collectRecords(document, recorded),
  }));
}

/** What the command line plays scenarios with. */
export const scenarioRunner: ScenarioRunner = {
  library: library.scenarios,
  knows: (code) => BUNDLED.some((issue) => issue.code === code),
  run: (document, { seed, dataDir }) =>
    runScenario({
      document,
      seed,
      version: VERSION,
      ...marketOf(document, dataDir),
      logger: silentLogger,
      clock: systemClock,
      timers: systemTimers,
      pace: () => null,
      progressed: () => undefined,
    }),
  report: (runs) => reportOf(runs, 'ko').html,
};
