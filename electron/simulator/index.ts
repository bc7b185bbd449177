/** The simulated exchange on a clock, with its own durable record. */
export { Simulator, type SimulatorOptions } from './simulator.ts';
export {
  type AccountWish,
  DEFAULT_STARTING_CASH_KRW,
  MAX_ACCOUNTS,
  MAX_STARTING_CASH_KRW,
  MIN_STARTING_CASH_KRW,
} from './firm-counter.ts';
export { recordedDayOf, type MarketSources } from './day-plan.ts';
export type { Keepsake } from './restart-keeper.ts';
export * from './terms.ts';
export { expiringEntries, told, type BookedOrder } from './firm-books.ts';
export { RunLog } from './run-log.ts';
export { LOG_UPCASTERS, type LogEntry } from './log-entry.ts';
