/** Scenarios for the command line: played in this process, without a core and without a data folder. */
import type { ScenarioRunner } from '#core/hosts/cli/index.ts';
import { silentLogger, systemClock, systemTimers } from '#core/platform/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { reportOf, runScenario } from '#core/scenarios/index.ts';
import { VERSION } from '#core/app/index.ts';
import type { KrxInstrument } from '#shared/domain/index.ts';
import library from '#resources/scenarios/library.json' with { type: 'json' };

const LISTING: readonly KrxInstrument[] = BUNDLED;

/** What the command line plays scenarios with. */
export const scenarioRunner: ScenarioRunner = {
  library: library.scenarios,
  knows: (code) => LISTING.some((issue) => issue.code === code),
  run: (document, seed) =>
    runScenario({
      document,
      seed,
      version: VERSION,
      listing: LISTING,
      logger: silentLogger,
      clock: systemClock,
      timers: systemTimers,
      pace: () => null,
      progressed: () => undefined,
    }),
  report: (runs) => reportOf(runs, 'ko').html,
};
