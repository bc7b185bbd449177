/** Futures of foreign exchanges at KIS: their part of the feed, and their account, which takes no orders. */
export { createFutureBroker, type FutureBrokerParts } from './future-broker.ts';
export { futurePart, type FuturePartParts } from './future-part.ts';
export { createFuturePoll } from './future-poll.ts';
