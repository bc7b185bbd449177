/** The command line: commands over the same contract as the screen. */
export type { ChainVerdict, CliCore, CliWorld, EmulatorWish, RunningEmulator, ScenarioRunner } from './command.ts';
export { runCli } from './run-cli.ts';
