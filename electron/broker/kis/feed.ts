/** The Feed port on KIS for domestic stocks: a board for each issue somebody looks at, filled by REST first and by channels then. */
import {
  codeOf,
  type Instrument,
  type InstrumentId,
  type Interval,
  type MarketState,
  type VenueName,
} from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import {
  columnsOf,
  type Feed,
  type FeedCandles,
  type FeedDepth,
  type FeedIssue,
  type FeedListener,
  type FeedListing,
  type FeedSession,
  type FeedWish,
} from '../../market/index.ts';
import { ChannelRoom } from './domestic/channel-room.ts';
import { ChartDesk, gathered } from './domestic/chart-desk.ts';
import type { BoardIssue } from './domestic/issue-board.ts';
import { feedSession } from './domestic/feed-session.ts';
import { IssueDesk, type Watched } from './domestic/issue-desk.ts';
import { FEED_SETTINGS, type FeedSettings } from './domestic/feed-settings.ts';
import { IndexDesk } from './domestic/index-desk.ts';
import { SessionClock } from './domestic/session-clock.ts';
import { bookChannel, bookFacts } from './domestic/wire/asking-price.ts';
import { tradeChannel, tradeFacts } from './domestic/wire/ccnl.ts';
import { instantOf } from './domestic/wire/fields.ts';
import type { ChannelRecord, KisEnvironment, KisRealtime, KisRest, ServerClock, WishRank, WishState } from './ports.ts';

export interface KisFeedParts {
  readonly environment: KisEnvironment;
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Every instrument known. */
  readonly instruments: () => readonly Instrument[];
  readonly find: (id: InstrumentId) => Instrument | undefined;
  readonly calendar?: TradingCalendar;
  readonly settings?: Partial<FeedSettings>;
}

/** The feed with its end. */
export interface KisFeed extends Feed {
  close(): void;
}

const RANKS: Readonly<Record<FeedWish['rank'], WishRank>> = { orders: 'positions', focus: 'focus', list: 'list' };
const VENUES = ['KRX', 'NXT'] as const satisfies readonly VenueName[];

class DomesticFeed implements KisFeed {
  readonly #parts: KisFeedParts;
  readonly #settings: FeedSettings;
  readonly #session: SessionClock;
  readonly #calendar: TradingCalendar;
  readonly #charts: ChartDesk;
  readonly #indices: IndexDesk;
  readonly #room: ChannelRoom;
  readonly #issues: IssueDesk;
  readonly #listeners = new Set<FeedListener>();
  /** Wishes by issue, the focused ones first asked anew. */
  readonly #wishes = new Map<InstrumentId, number>();
  readonly #lostAt = new Map<InstrumentId, EpochMs>();
  readonly #beat: Timer;
  readonly #unwatchLine: () => void;
  #date: SessionDate;
  #seq = 0;
  #events = 0;
  #lineUp = false;

  constructor(parts: KisFeedParts) {
    this.#parts = parts;
    const { clock, timers, rest, realtime, environment } = parts;
    this.#settings = { ...FEED_SETTINGS[environment], ...parts.settings };
    this.#calendar = parts.calendar ?? krxCalendar;
    this.#session = new SessionClock({ server: parts.serverClock, clock, calendar: this.#calendar });
    this.#date = this.#session.date();
    this.#charts = new ChartDesk({ rest, session: this.#session, calendar: this.#calendar });
    this.#indices = new IndexDesk({ ...parts, everyMs: this.#settings.indexMs });
    this.#room = new ChannelRoom({
      realtime,
      record: ({ api, key }, record) => this.#record(api, key, record),
      state: ({ api, key }, state, before) => this.#channelState({ api, key }, state, before),
    });
    this.#issues = new IssueDesk({
      ...parts,
      session: this.#session,
      moment: () => this.#moment(),
      hasLiveBook: (venue, code) => this.#room.stateOf(bookChannel(venue), code) === 'live',
      looked: () => this.#advanced(),
    });
    this.#unwatchLine = realtime.watchLine((state) => void (this.#lineUp = state === 'up'));
    this.#beat = timers.every(this.#settings.beatMs, () => this.#tick());
  }

  want(wish: FeedWish): () => void {
    const { instrumentId: id, what } = wish;
    const watched = this.#issues.open(id);
    if (!watched) return () => undefined;
    const rank = RANKS[wish.rank];
    const code = codeOf(id);
    const stops: (() => void)[] = [];
    for (const venue of this.#venuesOf(wish, watched)) {
      const api = what === 'book' ? bookChannel(venue) : tradeChannel(venue);
      stops.push(this.#room.want(api, code, rank));
    }
    this.#wishes.set(id, (this.#wishes.get(id) ?? 0) + 1);
    // Seen at once, before the channel has told anything.
    if (watched.touched === null || what === 'book') {
      const whole = what === 'book' || wish.rank !== 'list';
      void this.#issues.look(watched, { lane: wish.rank === 'list' ? 'background' : 'read', whole });
    }
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      for (const stop of stops) stop();
      const left = (this.#wishes.get(id) ?? 1) - 1;
      if (left > 0) this.#wishes.set(id, left);
      else this.#wishes.delete(id);
    };
  }

  async prepare(id: InstrumentId): Promise<void> {
    const watched = this.#issues.open(id);
    if (!watched) return;
    const now = this.#parts.clock.monotonicMs();
    // Limits and halts are known from a look only; the channel keeps them fresh afterwards.
    const looked = Number.isFinite(watched.lookedMs) && watched.boards.has('KRX');
    if (looked && (this.#isLive(id) || now - watched.lookedMs < this.#settings.preparedMs)) return;
    await this.#issues.need(watched);
  }

  async candles(
    wish: { readonly instrumentId: InstrumentId; readonly interval: Interval; readonly limit: number },
    signal: AbortSignal,
  ): Promise<FeedCandles> {
    const { instrumentId: id, interval, limit } = wish;
    if (interval === '1d') return columnsOf(await this.#charts.days(id, limit, signal));
    // KIS keeps nothing shorter than a minute.
    if (interval === '10s') return columnsOf([]);
    const today = await this.#charts.today(id, signal);
    const { earlierMinutes: mostMinutes } = this.#settings;
    const rest = { interval, limit: limit - gathered(today, interval).length, mostMinutes };
    const earlier = rest.limit > 0 ? gathered(await this.#charts.earlierMinutes(id, rest, signal), interval) : [];
    return columnsOf([...earlier, ...today]);
  }

  staleSince(id: InstrumentId): EpochMs | null {
    const watched = this.#issues.get(id);
    if (!watched?.touched || this.#isLive(id)) return null;
    const age = this.#parts.clock.monotonicMs() - watched.touched.ms;
    return age > this.#settings.freshMs ? watched.touched.ts : null;
  }

  session(): FeedSession {
    return feedSession({
      session: this.#session,
      calendar: this.#calendar,
      up: this.#isAlive(),
      events: this.#events,
    });
  }

  instrumentIds(): readonly InstrumentId[] {
    return this.#parts
      .instruments()
      .filter(({ priceScale }) => priceScale === 0)
      .map(({ id }) => id);
  }

  listed(id: InstrumentId): FeedListing | undefined {
    const watched = this.#issues.get(id);
    if (!watched) return undefined;
    const { issue, boards } = watched;
    return {
      product: issue.product ?? 'stock',
      nxt: boards.has('NXT'),
      ...(boards.get('KRX')?.liquidation === true ? { singlePrice: 'liquidation' } : {}),
    };
  }

  issue(id: InstrumentId, venue: VenueName = 'KRX'): FeedIssue | undefined {
    const watched = this.#issues.get(id);
    const phase = venue === 'KRX' ? this.#session.krxPhase() : this.#session.nxtPhase();
    if (!watched || phase === null) return undefined;
    return watched.boards.get(venue)?.view(this.#boardIssue(watched), phase);
  }

  depth(id: InstrumentId, venue: VenueName = 'KRX'): FeedDepth | undefined {
    return this.#issues.get(id)?.boards.get(venue)?.depth();
  }

  markets(): readonly MarketState[] {
    return this.#indices.states();
  }

  watchMarket(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    listener.opened();
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#beat.cancel();
    this.#unwatchLine();
    this.#room.close();
    this.#listeners.clear();
  }

  /** Registrations are few: NXT is listened to only for what is in focus, and where it trades the issue. */
  #venuesOf({ what, rank, venue }: FeedWish, watched: Watched): readonly VenueName[] {
    if (venue !== undefined) return venue === 'NXT' && watched.onNxt === false ? [] : [venue];
    if (what === 'book' || rank === 'list' || watched.onNxt === false) return ['KRX'];
    return VENUES;
  }

  #boardIssue({ issue: { market, product = 'stock' } }: Watched): BoardIssue {
    return { market, product, date: this.#date };
  }

  #isLive(id: InstrumentId): boolean {
    const code = codeOf(id);
    return this.#lineUp && this.#room.stateOf(tradeChannel('KRX'), code) === 'live';
  }

  /** Something is heard, or was answered a moment ago; without a wish there is nothing to be heard. */
  #isAlive(): boolean {
    if (this.#lineUp || this.#room.size === 0) return true;
    return this.#parts.clock.monotonicMs() - this.#issues.answeredMs < this.#settings.freshMs;
  }

  #moment(): { readonly now: EpochMs; readonly regular: boolean } {
    const now = this.#session.now();
    return { now, regular: now < this.#session.day().regularEndTs + this.#settings.closeMs };
  }

  #record(api: string, code: string, record: ChannelRecord): void {
    const id = `KRX:${code}`;
    const watched = this.#issues.get(id);
    if (!watched) return;
    for (const venue of VENUES) {
      if (api === bookChannel(venue)) {
        this.#issues.boardOf(watched, venue).takeBook(bookFacts(record), this.#session.now());
      } else if (api === tradeChannel(venue)) this.#traded(watched, venue, record);
    }
    this.#events += 1;
    this.#issues.touch(watched);
    this.#advanced();
  }

  #traded(watched: Watched, venue: VenueName, record: ChannelRecord): void {
    const { id, code } = watched.issue;
    const facts = tradeFacts(record);
    // A record of another day is what the server kept, not news.
    if (facts.date !== null && facts.date !== this.#date) return;
    const board = this.#issues.boardOf(watched, venue);
    const hasBook = this.#room.stateOf(bookChannel(venue), code) === 'live';
    board.takeTrade(facts, { ...this.#moment(), hasBook, issue: this.#boardIssue(watched) });
    const ts = instantOf(this.#date, facts.time);
    if (facts.quantity <= 0 || facts.price <= 0 || ts === null) return;
    this.#seq += 1;
    const { price, quantity, aggressor } = facts;
    const trade = { seq: this.#seq, instrumentId: id, venue, price, quantity, aggressor, ts };
    for (const listener of this.#listeners) listener.traded(trade);
  }

  #channelState(at: { readonly api: string; readonly key: string }, state: WishState, before: WishState): void {
    if (state === before) return;
    const id = `KRX:${at.key}`;
    const watched = this.#issues.get(id);
    if (!watched) return;
    if (before === 'live') this.#lostAt.set(id, this.#session.now());
    if (state !== 'live') return;
    const now = this.#parts.clock.monotonicMs();
    if (now - watched.lookedMs > SECOND_MS)
      void this.#issues.look(watched, { lane: 'background', whole: at.api.includes('asking') });
    const lostAt = this.#lostAt.get(id);
    if (lostAt !== undefined && at.api === tradeChannel('KRX')) void this.#fillGap(id, lostAt);
  }

  /** The minutes that were not heard, by REST. */
  async #fillGap(id: InstrumentId, since: EpochMs): Promise<void> {
    this.#lostAt.delete(id);
    try {
      const bars = (await this.#charts.today(id, new AbortController().signal)).filter(
        ({ openTs }) => openTs >= since - MINUTE_MS,
      );
      for (const listener of this.#listeners) listener.filled?.(id, bars);
    } catch (error) {
      this.#parts.logger.warn('missed minutes could not be asked for', { id, error: String(error) });
    }
  }

  #tick(): void {
    this.#session.mark();
    const date = this.#session.date();
    if (date !== this.#date) this.#begin(date);
    const { regularEndTs } = this.#session.day();
    if (this.#session.now() >= regularEndTs + this.#settings.closeMs)
      for (const { boards } of this.#issues.all()) boards.get('KRX')?.fixClose();
    this.#refresh();
    this.#indices.tick();
    // A quiet market is not a silent line.
    if (this.#isAlive()) this.#advanced();
  }

  /** Halts and interruptions of an issue without trades are learnt by looking again, one issue at a time. */
  #refresh(): void {
    if (this.#issues.isLooking) return;
    const now = this.#parts.clock.monotonicMs();
    let oldest: Watched | null = null;
    for (const id of this.#wishes.keys()) {
      const watched = this.#issues.get(id);
      if (!watched || now - watched.lookedMs < this.#settings.refreshMs) continue;
      if (!oldest || watched.lookedMs < oldest.lookedMs) oldest = watched;
    }
    if (oldest) void this.#issues.look(oldest, { lane: 'background', whole: false });
  }

  #begin(date: SessionDate): void {
    this.#date = date;
    this.#issues.clear();
    this.#lostAt.clear();
    for (const id of this.#wishes.keys()) {
      const watched = this.#issues.open(id);
      if (watched) void this.#issues.look(watched, { lane: 'background', whole: true });
    }
    for (const listener of this.#listeners) listener.opened();
  }

  #advanced(): void {
    for (const listener of this.#listeners) listener.advanced();
  }
}

/** The feed of one connection; `close` ends its timers and wishes. */
export function createKisFeed(parts: KisFeedParts): KisFeed {
  return new DomesticFeed(parts);
}
