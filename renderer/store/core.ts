/** What the core says about itself: market clock, health, what runs. */
import { create } from 'zustand';
import type { Health } from '#shared/contract/index.ts';
import type { Environment, SimulationStatus } from '#shared/domain/index.ts';

interface CoreStore {
  readonly status: SimulationStatus | null;
  readonly health: Health | null;
  /** True while a jump that this screen asked for is under way. */
  readonly jumping: boolean;
  readonly environment: Environment;
  readonly dataDir: string | null;
}

export const useCore = create<CoreStore>(() => ({
  status: null,
  health: null,
  jumping: false,
  environment: 'simulation',
  dataDir: null,
}));
