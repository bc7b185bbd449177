/** What is known of one issue on one venue, put together from calls and channels. */
import type { Interruption, Market, VenueName } from '#shared/domain/index.ts';
import { priceLimits, tickTable, VI_DURATION_MS, viPrices, viThresholds } from '#shared/market/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';
import type { FeedDepth, FeedIssue } from '../../../market/index.ts';
import type { BookFacts } from './wire/asking-price.ts';
import type { TradeFacts } from './wire/ccnl.ts';
import type { DepthFacts } from './wire/inquire-asking-price.ts';
import type { PriceFacts } from './wire/inquire-price.ts';

/** HOUR_CLS_CODE: an expected price within the day, which only a VI's auction has. */
const IN_VI = 'C';

/** What an issue is, as far as its board asks. */
export interface BoardIssue {
  readonly market: Market;
  readonly product: 'stock' | 'etp';
  readonly date: SessionDate;
}

export class IssueBoard {
  readonly venue: VenueName;
  #base = 0;
  #upperLimit = 0;
  #lowerLimit = 0;
  #halted = false;
  #viSince: EpochMs | null = null;
  #viReference = 0;
  #last = 0;
  #open = 0;
  #high = 0;
  #low = 0;
  #close = 0;
  /** Last price of the regular session, as far as it was seen. */
  #regularLast = 0;
  #volume = 0;
  #value = 0;
  #touch = { bid: 0, bidQty: 0, ask: 0, askQty: 0 };
  #depth: FeedDepth | null = null;
  /** 정리매매. */
  liquidation = false;

  constructor(venue: VenueName) {
    this.venue = venue;
  }

  get volume(): number {
    return this.#volume;
  }

  /** `regular`: the price is still that of the regular session. */
  takePrice(facts: PriceFacts, { now, regular }: { readonly now: EpochMs; readonly regular: boolean }): void {
    this.#base = facts.base;
    this.#upperLimit = facts.upperLimit;
    this.#lowerLimit = facts.lowerLimit;
    this.#halted = facts.halted;
    this.liquidation = facts.liquidation;
    this.#vi(facts.inVi, now);
    // What the channel has told meanwhile is newer.
    if (facts.volume < this.#volume) return;
    this.#last = facts.last;
    this.#open = facts.open;
    this.#high = facts.high;
    this.#low = facts.low;
    this.#volume = facts.volume;
    this.#value = facts.value;
    if (regular) this.#regularLast = facts.last;
  }

  takeDepth(facts: DepthFacts): void {
    this.#depth = { ...facts };
    const [ask, bid] = [facts.asks[0], facts.bids[0]];
    this.#touch = { bid: bid?.price ?? 0, bidQty: bid?.qty ?? 0, ask: ask?.price ?? 0, askQty: ask?.qty ?? 0 };
  }

  takeBook(facts: BookFacts, now: EpochMs): void {
    const { hour, ...depth } = facts;
    this.takeDepth(depth);
    this.#vi(hour === IN_VI, now);
  }

  /** `hasBook`: the book is listened to, and knows the best prices better. */
  takeTrade(
    facts: TradeFacts,
    at: {
      readonly now: EpochMs;
      readonly regular: boolean;
      readonly hasBook: boolean;
      readonly issue: BoardIssue;
    },
  ): void {
    this.#halted = facts.halted;
    this.#vi(facts.hour === IN_VI, at.now);
    if (this.#base === 0) this.#guess(facts, at.issue);
    if (facts.viReference > 0) this.#viReference = facts.viReference;
    if (!at.hasBook && (facts.bid > 0 || facts.ask > 0)) {
      const { bid, bidQty, ask, askQty } = facts;
      this.#touch = { bid, bidQty, ask, askQty };
    }
    if (facts.volume < this.#volume) return;
    this.#last = facts.price;
    this.#open = facts.open;
    this.#high = facts.high;
    this.#low = facts.low;
    this.#volume = facts.volume;
    this.#value = facts.value;
    if (at.regular) this.#regularLast = facts.price;
  }

  /** The regular session is over: its last price is the close, where it was seen. */
  fixClose(): void {
    if (this.#close === 0) this.#close = this.#regularLast;
  }

  depth(): FeedDepth | undefined {
    return this.#depth ?? undefined;
  }

  /** undefined before the limits are known. */
  view(issue: BoardIssue, venuePhase: Phase): FeedIssue | undefined {
    if (this.#base === 0) return undefined;
    const interruption = this.#interruption();
    const own = interruption?.kind === 'halt' ? 'halted' : interruption ? 'viAuction' : venuePhase;
    const isShut = venuePhase === 'closed' || venuePhase === 'preOpen' || venuePhase === 'break';
    const vi = this.#viBounds(issue, venuePhase);
    return {
      phase: isShut ? venuePhase : own,
      interruption,
      basePrice: this.#base,
      upperLimit: this.#upperLimit,
      lowerLimit: this.#lowerLimit,
      halted: this.#halted,
      last: this.#last,
      open: this.#open,
      high: this.#high,
      low: this.#low,
      close: this.#close,
      volume: this.#volume,
      value: this.#value,
      bestBid: this.#touch.bid,
      bestBidQty: this.#touch.bidQty,
      bestAsk: this.#touch.ask,
      bestAskQty: this.#touch.askQty,
      viUp: vi.up,
      viDown: vi.down,
    };
  }

  /** Base and limits from a trade alone, to be shown until a look has told them; no order is judged by them. */
  #guess({ price, change }: TradeFacts, { market, date }: BoardIssue): void {
    const base = price - change;
    if (price <= 0 || base <= 0) return;
    const { upper, lower } = priceLimits({ market, date, basePrice: base });
    this.#base = base;
    this.#upperLimit = upper;
    this.#lowerLimit = lower;
  }

  #vi(inVi: boolean, now: EpochMs): void {
    if (!inVi) this.#viSince = null;
    else this.#viSince ??= now;
  }

  #interruption(): Interruption | null {
    const nothing = { level: null, reference: null, price: null, note: '' } as const;
    if (this.#halted) return { kind: 'halt', sinceTs: 0, untilTs: null, ...nothing };
    if (this.#viSince === null) return null;
    const sinceTs = this.#viSince;
    const reference = this.#viReference || null;
    // Which of the two kinds it is KIS does not say here; its end is the scheduled one.
    return { ...nothing, kind: 'viStatic', sinceTs, untilTs: sinceTs + VI_DURATION_MS, reference };
  }

  /** KIS tells the reference of the static VI; the dynamic one moves with every trade and is not told. */
  #viBounds(issue: BoardIssue, phase: Phase): { readonly up: number; readonly down: number } {
    const { market, product, date } = issue;
    const reference = this.#viReference;
    if (reference === 0 || phase !== 'continuous') return { up: 0, down: 0 };
    const thresholds = viThresholds({ viClass: 'unknown', venue: this.venue, date, product });
    const percent = thresholds?.staticPercent ?? null;
    if (percent === null) return { up: 0, down: 0 };
    return viPrices({ reference, percent, table: tickTable(market, date, product), market });
  }
}
