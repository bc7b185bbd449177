/** American stocks at KIS: the dollar account, the feed, and how both join the won account's broker and feed. */
export { createUsDesk, usAccountId, type UsDesk, type UsDeskParts, type UsDeskSettings } from './us-desk.ts';
export { createUsFeed, type UsFeed, type UsFeedParts, type UsFeedTrade, type UsIssue } from './us-feed.ts';
export { createUsPoll, type UsPoll } from './us-poll.ts';
export { joinUsDesk } from './joint-broker.ts';
export { joinUsFeed, type JointFeedParts } from './joint-feed.ts';
