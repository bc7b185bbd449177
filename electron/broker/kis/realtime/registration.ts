/** A channel that somebody wants: who wants it, how it stands at the server, and what the wishers were told. */
import type { ChannelWish, WishRank, WishState } from '../ports.ts';
import type { ChannelIntake } from './channel-intake.ts';

const RANKS: readonly WishRank[] = ['orders', 'positions', 'focus', 'list'];

/** idle not at the server · asked · live · leaving withdrawn, but not confirmed */
export type Standing = 'idle' | 'asked' | 'live' | 'leaving';

/** Why the server, or we, do not register it. */
export interface Refusal {
  readonly code: 'KIS_CHANNEL_REFUSED' | 'KIS_CHANNEL_NOT_HERE' | 'KIS_NOTICE_ID' | 'KIS_CHANNEL_MANY';
  readonly why: string;
}

export class Registration {
  readonly intake: ChannelIntake;
  readonly key: string;
  /** Order of arrival. */
  readonly order: number;
  /** What each wisher was told last; null: nothing yet. */
  readonly wishes = new Map<ChannelWish, WishState | null>();
  standing: Standing = 'idle';
  refusal: Refusal | null = null;
  /** When it was last asked or withdrawn, monotonic. */
  sentMs = 0;
  /** Times it was asked, or withdrawn, in a row without an answer. */
  tries = 0;
  /** Not asked before, monotonic. */
  notBeforeMs = 0;
  /** Kept until then though nobody wants it, monotonic. */
  lingerUntilMs = 0;
  /** true: it was live before the line broke, so something may have been missed. */
  wasLive = false;
  /** Lines that broke just after it was asked. */
  suspicions = 0;
  /** true: it stayed live, or its records came, so its key is right and no broken line is its fault. */
  isProven = false;
  /** Times it was renewed for new keys on this line. */
  renewals = 0;
  records = 0;
  /** When its last record came, monotonic. */
  lastMs: number | null = null;

  constructor(parts: { readonly intake: ChannelIntake; readonly key: string; readonly order: number }) {
    this.intake = parts.intake;
    this.key = parts.key;
    this.order = parts.order;
  }

  get isWanted(): boolean {
    return this.wishes.size > 0;
  }

  /** Place of the best rank among the wishes: 0 orders … 3 list; behind them what nobody wants. */
  get rank(): number {
    let best = RANKS.length;
    for (const { rank } of this.wishes.keys()) best = Math.min(best, RANKS.indexOf(rank));
    return best;
  }
}
