/** What the core says about itself: market clock, health, what runs. */
import { create } from 'zustand';
import type { Health } from '#shared/contract/index.ts';
import type { Environment, SimulationStatus } from '#shared/domain/index.ts';

/** Time, session and phases of both venues; the same facts wherever the market comes from. */
export type MarketMoment = Pick<
  SimulationStatus,
  'simTs' | 'sessionDate' | 'phase' | 'nextPhase' | 'nextPhaseTs' | 'schedule' | 'nxtPhase' | 'nxtSchedule'
>;

interface CoreStore {
  /** Of the simulated market; null in the other environments. */
  readonly status: SimulationStatus | null;
  /** What the market's clock says, simulated or KIS's; null while it is not known. */
  readonly moment: MarketMoment | null;
  readonly health: Health | null;
  /** True while a jump that this screen asked for is under way. */
  readonly jumping: boolean;
  readonly environment: Environment;
  readonly dataDir: string | null;
}

export const useCore = create<CoreStore>(() => ({
  status: null,
  moment: null,
  health: null,
  jumping: false,
  environment: 'simulation',
  dataDir: null,
}));
