/** The core, composed. */
export * from './app.ts';
export * from './compose.ts';
export { assertJournalKept } from './records.ts';
