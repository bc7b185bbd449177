/** How fast the participants of an issue act and trade in each part of the day. */
import type { Phase } from '../../time/index.ts';
import { intensityAt } from './day-shape.ts';
import type { IssueProfile } from './synthetic-profile.ts';

/** Seconds of a continuous session, for turning daily figures into those of a second. */
const SESSION_SECONDS = 22_800;
/** Part of the day's continuous trading on KRX that NXT adds in its main session, by takers who go there. */
const NXT_MAIN = 0.115;

/** A part of a day outside the regular session: its trades over the day's, its seconds, its depth and its sizes over the usual. */
interface ThinPart {
  readonly trades: number;
  readonly seconds: number;
  readonly depth: number;
  readonly size: number;
}

/** @source unconfirmed: thin, as users of both after-markets know them; NXT as a whole adds 31 % of KRX value (krx-rules §9) */
const THIN = {
  krxAfter: { trades: 0.03, seconds: 14_400, depth: 0.15, size: 0.5 },
  nxtPre: { trades: 0.06, seconds: 3_000, depth: 0.25, size: 0.8 },
  nxtAfter: { trades: 0.06, seconds: 15_600, depth: 0.2, size: 0.8 },
} as const satisfies Readonly<Record<string, ThinPart>>;
/** Depth of NXT's main session over KRX's. */
const NXT_DEPTH = 0.35;

/** How an auction is played: acts a second, and the part of the day's volume that it should match. */
export interface AuctionPace {
  readonly actsPerSecond: number;
  readonly seconds: number;
  readonly part: number;
}

/** @source krx-rules §9: opening auction 2-3 %, closing 5-8 % of the day (unconfirmed); the others follow their length */
const AUCTIONS: Readonly<Partial<Record<Phase, AuctionPace>>> = {
  openAuction: { actsPerSecond: 1 / 15, seconds: 1_800, part: 0.024 },
  closeAuction: { actsPerSecond: 1 / 6, seconds: 600, part: 0.057 },
  viAuction: { actsPerSecond: 1 / 3, seconds: 120, part: 0.006 },
  reopenAuction: { actsPerSecond: 1 / 5, seconds: 600, part: 0.01 },
  periodicAuction: { actsPerSecond: 1 / 25, seconds: 1_800, part: 0.07 },
  afterAuction: { actsPerSecond: 1 / 15, seconds: 600, part: 0.003 },
};

/** Acts a second where nothing can be done: only to see whether that has changed. */
const IDLE = 1 / 60;
/** Of the acts that do not trade, at least this many a trade. */
const OTHER_ACTS = 1.35;
const THIN_ACTS = 0.12;

/** Acts a second while makers stand ready before the open. */
export const READY_ACTS = 1 / 4;

/** How an auction is played; undefined for a phase that is none. */
export function auctionPace(phase: Phase): AuctionPace | undefined {
  return AUCTIONS[phase];
}

/** Depth of a venue's book in a phase, over that of KRX's regular session; 0 where it does not trade continuously. */
export function depthIn(venue: 'KRX' | 'NXT', phase: Phase): number {
  if (phase === 'continuous') return venue === 'KRX' ? 1 : NXT_DEPTH;
  if (phase === 'afterMarket') return venue === 'KRX' ? THIN.krxAfter.depth : THIN.nxtAfter.depth;
  return phase === 'preMarket' ? THIN.nxtPre.depth : 0;
}

/** Trades a second on both venues, sizes over the usual, and acts a second. */
export interface Pace {
  readonly krx: number;
  readonly nxt: number;
  readonly krxSize: number;
  readonly nxtSize: number;
  readonly acts: number;
}

/** The pace of an issue between two acts. `activity`: the day's volume over the usual one. */
export function paceOf(
  profile: IssueProfile,
  now: { readonly krx: Phase; readonly nxt: Phase; readonly fraction: number; readonly activity: number },
): Pace {
  const { krx, nxt, fraction, activity } = now;
  // A busier day has more trades and larger ones.
  const busier = Math.sqrt(activity);
  const trades = profile.dailyTrades * busier;
  let onKrx = 0;
  let onNxt = 0;
  let krxSize = busier;
  let nxtSize = busier;
  let acts = IDLE;
  if (krx === 'continuous') {
    const intensity = intensityAt(fraction);
    onKrx = (trades / SESSION_SECONDS) * intensity;
    if (nxt === 'continuous') onNxt = NXT_MAIN * onKrx;
    acts = profile.actsPerSecond * Math.sqrt(intensity);
  } else {
    if (krx === 'afterMarket') {
      onKrx = (trades * THIN.krxAfter.trades) / THIN.krxAfter.seconds;
      krxSize = busier * THIN.krxAfter.size;
    }
    const part = nxt === 'preMarket' ? THIN.nxtPre : nxt === 'afterMarket' ? THIN.nxtAfter : undefined;
    if (part) {
      onNxt = (trades * part.trades) / part.seconds;
      nxtSize = busier * part.size;
    } else if (nxt === 'continuous') onNxt = (NXT_MAIN * trades) / SESSION_SECONDS;
    if (onKrx + onNxt > 0) acts = Math.max(IDLE, THIN_ACTS * profile.actsPerSecond);
    acts = Math.max(acts, AUCTIONS[krx]?.actsPerSecond ?? 0, AUCTIONS[nxt]?.actsPerSecond ?? 0);
  }
  return { krx: onKrx, nxt: onNxt, krxSize, nxtSize, acts: Math.max(acts, OTHER_ACTS * (onKrx + onNxt)) };
}
