/** One broker and one feed over everything a connection trades: the joint of its parts. */
export type { AccountDesk } from './account-desk.ts';
export { joinDesks } from './joint-broker.ts';
export { joinFeeds, type FeedPart, type PartListener, type PartTrade } from './joint-feed.ts';
