/** The core, composed. */
export * from './app.ts';
export * from './compose.ts';
export { verifyFolder, type NamedVerdict } from './journal-room.ts';
export { withRecordedMarket } from './recorded-market.ts';
export { assertJournalKept } from './records.ts';
export type { OpenTransport, OwnTransport } from './kis/way.ts';
export { VERSION } from './version.ts';
