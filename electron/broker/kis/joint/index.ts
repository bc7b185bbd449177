/** One broker and one feed over everything a connection trades: the joint of its parts. */
export type { AccountDesk } from './account-desk.ts';
export { joinDesks } from './joint-broker.ts';
export { joinFeeds, type FeedPart, type PartListener, type PartTrade } from './joint-feed.ts';
export {
  ListedOrders,
  type ListedCharges,
  type ListedKind,
  type ListedOrderRow,
  type OrderClock,
} from './listed-orders.ts';
export { INTERVAL_MINUTES, mergedMinutes, newestCandles, type ChartBar } from './bars.ts';
export { ListedDay } from './listed-day.ts';
export { LookSoon } from './look-soon.ts';
export { OwnNotices } from './own-notices.ts';
export { sendOrder } from './send-order.ts';
export { summedPositions, type HeldRow } from './summed-positions.ts';
export { loneBroker, type LoneBrokerParts } from './lone-broker.ts';
export { oneEar } from './one-ear.ts';
export { wholePages } from './whole-pages.ts';
