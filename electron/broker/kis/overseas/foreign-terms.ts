/** The waits that the account of a foreign currency keeps. */
import type { KisEnvironment } from '../ports.ts';

/** Waits in milliseconds of wall time. */
export interface ForeignDeskSettings {
  /** Between looks at open orders while no notices come. */
  readonly pollMs: number;
  /** From a notice to the look it causes; more of them within are answered by one. */
  readonly noticeMs: number;
}

/** By environment. */
export const SETTINGS: Readonly<Record<KisEnvironment, ForeignDeskSettings>> = {
  real: { pollMs: 2_000, noticeMs: 100 },
  paper: { pollMs: 5_000, noticeMs: 500 },
};
