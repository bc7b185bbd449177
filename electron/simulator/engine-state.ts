/** What the market engine and the changes of its day share. */
import { AppError } from '#shared/errors/index.ts';
import type { CatchUp } from './catch-up.ts';
import type { MarketRun } from './market-run.ts';

export class EngineState {
  run: MarketRun | null = null;
  /** Set while the market plays again what was recorded. */
  catchUp: CatchUp | null = null;
  /** true while an earlier instant is looked up: what is played again was shown before. */
  unseen = false;
  /** false: the user has paused. */
  wantsRun = true;
  /** true from the start of a day until its first resting place: no mark is written, so a restart goes on to it. */
  opening = false;

  /** The market now running or standing; throws BROKER_UNAVAILABLE before the first is ready. */
  get market(): MarketRun {
    if (!this.run) throw new AppError('BROKER_UNAVAILABLE');
    return this.run;
  }
}
