/** Foreign stocks at KIS: the accounts of their currencies, and their part of the feed. */
export { createForeignDesks, foreignAccountId } from './foreign-desk.ts';
export type { ForeignDeskSettings } from './foreign-terms.ts';
export {
  createForeignFeed,
  type ForeignFeed,
  type ForeignFeedParts,
  type ForeignFeedTrade,
  type ForeignIssue,
} from './foreign-feed.ts';
export { createForeignPoll, type ForeignPoll } from './foreign-poll.ts';
export { foreignPart, type ForeignPartParts } from './foreign-part.ts';
export { FOREIGN_PRESENT } from './wire/balance.ts';
export { FOREIGN_DETAIL } from './wire/quote.ts';
