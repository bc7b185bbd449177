/** Waits of the domestic part, milliseconds of wall time. */
import type { KisEnvironment } from '../ports.ts';

export interface DomesticSettings {
  /** Between looks at the clock: phases, polling. */
  readonly beatMs: number;
  /** Between inquiries of fills while an order is open and no notices come. */
  readonly pollMs: number;
  /** From a notice of a fill to the inquiry that confirms it; more of them within are confirmed together. */
  readonly confirmMs: number;
  /** From news of an order to the account's new figures. */
  readonly accountMs: number;
  /** Before an inquiry that failed, or that left something unclear, is made again. */
  readonly retryMs: number;
  /** How old an answer may be that one inquiry uses for two questions. */
  readonly sharedMs: number;
  /** Between attempts to reach a server that did not answer. */
  readonly probeMs: number;
}

/** Paper allows two calls a second, so it is asked less often. */
export const DOMESTIC_SETTINGS: Readonly<Record<KisEnvironment, DomesticSettings>> = {
  real: {
    beatMs: 1_000,
    pollMs: 1_000,
    confirmMs: 1_000,
    accountMs: 300,
    retryMs: 2_000,
    sharedMs: 5_000,
    probeMs: 5_000,
  },
  paper: {
    beatMs: 1_000,
    pollMs: 3_000,
    confirmMs: 2_000,
    accountMs: 1_000,
    retryMs: 3_000,
    sharedMs: 8_000,
    probeMs: 10_000,
  },
};
