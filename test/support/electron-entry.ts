/** Starts the built main process with the scenario beside it: bundled to one file, it is the entry of a real Electron as well as of the stand-in. */
import './desktop-scenario.ts';

// Electron is not ready before its entry has been evaluated, so the built main process still comes in time.
await import(process.env['SCENARIO_MAIN'] ?? '');
