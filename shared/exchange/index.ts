/** The simulated exchange: pure, seeded, one day at a time. */
export * from './types.ts';
export * from './sessions.ts';
export * from './venue.ts';
export type { VenueSnapshot } from './venue-snapshot.ts';
export * from './replay-row.ts';
export * from './replay.ts';
export * from './replay-day.ts';
export * from './participants.ts';
export * from './generate.ts';
export * from './ledger.ts';
export * from './script.ts';
