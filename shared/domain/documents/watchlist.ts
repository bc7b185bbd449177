/** A watchlist (관심 종목): named folders of issues, in the user's order. */
import { z } from 'zod';
import { InstrumentId } from '../instrument.ts';

/** Issues of one watchlist over all of its folders. */
export const WATCHED_LIMIT = 5_000;

export const WatchFolder = z.strictObject({
  name: z.string().trim().max(40),
  collapsed: z.boolean(),
  instrumentIds: z.array(InstrumentId).max(WATCHED_LIMIT),
});
export type WatchFolder = z.infer<typeof WatchFolder>;

export const Watchlist = z.strictObject({
  name: z.string().trim().min(1).max(40),
  place: z.int().min(0).max(1_000),
  folders: z.array(WatchFolder).max(200),
});
export type Watchlist = z.infer<typeof Watchlist>;
