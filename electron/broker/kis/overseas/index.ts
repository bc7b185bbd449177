/** Foreign stocks at KIS: the accounts of their currencies, the feed, and how both join the won account's broker and feed. */
export { createForeignDesks, foreignAccountId } from './foreign-desk.ts';
export type { ForeignDesk, ForeignDeskSettings } from './foreign-terms.ts';
export {
  createForeignFeed,
  type ForeignFeed,
  type ForeignFeedParts,
  type ForeignFeedTrade,
  type ForeignIssue,
} from './foreign-feed.ts';
export { createForeignPoll, type ForeignPoll } from './foreign-poll.ts';
export { joinForeignDesks } from './joint-broker.ts';
export { joinForeignFeed, type JointFeedParts } from './joint-feed.ts';
