/** Scenarios in the core: the library, the user's own, and runs of them on a market, time and desk of their own. */
export { documentHash, runScenario, type RunNow, type RunWish } from './run.ts';
export { collectRecords, NO_RECORDS, type RecordSources, type RunRecord } from './recorded-days.ts';
export { reportOf } from './report.ts';
export { ScenarioRoom, type ScenarioRoomParts, type ShippedScenario } from './scenario-room.ts';
export { serveRun, type RunOrder } from './serve-run.ts';
export { serveTune, type TuneOrder } from './tuning/serve-tune.ts';
export { TuneRoom, type TuneRoomParts } from './tuning/tune-room.ts';
export { MONTH_SESSIONS, type MonthWish } from './tuning/month.ts';
