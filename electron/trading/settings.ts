/** What the user may set about trading, and the desk's own waits and bounds. */
import { DEFAULT_GUARD_SETTINGS, type GuardSettings } from '#shared/domain/index.ts';

/** Waits in milliseconds of wall time. */
export interface TradingSettings {
  readonly guard: GuardSettings;
  /** No answer to an order, change or cancel within this time: its outcome is not known. */
  readonly answerTimeoutMs: number;
  /** No answer to an inquiry within this time: it failed. */
  readonly inquiryTimeoutMs: number;
  /** Between inquiries while orders are open, and while none is. */
  readonly reconcileOpenMs: number;
  readonly reconcileIdleMs: number;
  /** First and longest wait between inquiries while something is not settled; doubled each time. */
  readonly retryFromMs: number;
  readonly retryToMs: number;
  /** How long after sending an order may have reached the broker; how much earlier its clock may stand. */
  readonly matchAfterMs: number;
  readonly matchBeforeMs: number;
  /** A notice whose number is not known waits this long for it while an order is under way. */
  readonly noticeWaitMs: number;
  /** An order not found for so long is told to the user. */
  readonly notFoundAfterMs: number;
  /** Cancels of one order asked by a hand; those of a halt have no bound. */
  readonly cancelAttempts: number;
  /** Between samples of the equity curve while something is held. */
  readonly sampleMs: number;
  /** Between attempts to write what a failing disk refused. */
  readonly recordRetryMs: number;
}

export const DEFAULT_TRADING_SETTINGS: TradingSettings = {
  guard: DEFAULT_GUARD_SETTINGS,
  answerTimeoutMs: 5_000,
  inquiryTimeoutMs: 10_000,
  reconcileOpenMs: 15_000,
  reconcileIdleMs: 60_000,
  retryFromMs: 500,
  retryToMs: 10_000,
  matchAfterMs: 60_000,
  matchBeforeMs: 2_000,
  noticeWaitMs: 2_000,
  notFoundAfterMs: 60_000,
  cancelAttempts: 10,
  sampleMs: 60_000,
  recordRetryMs: 5_000,
};

/** Bounds that are not a matter of taste. */
export const LIMITS = {
  /** Commands waiting at the desk. */
  commands: 256,
  /** Notices and answers waiting at the desk; beyond it they are dropped and an inquiry makes up for them. */
  notices: 20_000,
  /** Notices whose order number is not known yet. */
  waitingNotices: 1_000,
  /** Ended orders, fills of an account, answered requests and alerts kept in memory; the journal keeps all. */
  endedOrders: 20_000,
  fills: 20_000,
  requests: 20_000,
  alerts: 200,
  /** Orders remembered for the rules of pace. */
  recentOrders: 10_000,
  /** Points of an equity curve; beyond it every other one is dropped. */
  equityPoints: 4_000,
  /** Entries kept while the disk refuses them. */
  unwritten: 10_000,
  /** Orders and fills in the first batch of the desk stream. */
  snapshotOrders: 2_000,
  snapshotFills: 2_000,
} as const;
