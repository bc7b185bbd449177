/** The offline KIS: the broker's protocol before a simulated market, over wires or in memory. */
export { readScript, ScriptMistake, type ScriptLine } from './control.ts';
export { createEmulator } from './emulator.ts';
export type { CallFault, CallFilter, Faults, ServerFault, SocketFault } from './faults.ts';
export { memoryTransport, type MemoryTransport, type MemoryWire } from './memory-transport.ts';
export type { EmulatorFacts, EmulatorServer, NoAnswer, ServerSession, ServerSocket } from './ports.ts';
export { serveEmulator, type ServedEmulator, type ServeOptions } from './serve.ts';
export { moneyIn, settingsOf, type EmulatorSettings } from './settings.ts';
export type { Emulator, EmulatorBooks, EmulatorOptions } from './terms.ts';
