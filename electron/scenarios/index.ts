/** Scenarios in the core: a run of one on its own market, time and desk. */
export { documentHash, runScenario, type RunNow, type RunWish } from './run.ts';
