/** The loopback doors: browser and command line. */
export { connectLocal, localDoorPath, startLocalDoor, type LocalDoor } from './local-door.ts';
export type { SessionShelf } from './session-shelf.ts';
export { startWebHost, type WebHost, type WebHostOptions } from './server.ts';
