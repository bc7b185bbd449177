/** Numbers, hashes and delivers the events of an exchange. */
import { Market, type Side, type VenueName } from '../../domain/index.ts';
import { hash32 } from '../../rng/index.ts';
import { PHASES, type EpochMs } from '../../time/index.ts';
import type { Board } from './board.ts';
import { EventHash, type EventHashState } from './event-hash.ts';
import {
  CANCEL_CAUSES,
  PARTICIPANTS,
  REJECT_CODES,
  type CancelCause,
  type ExchangeEvent,
  type ExchangeSink,
  type OrderEntry,
  type PhaseCause,
  type RejectCode,
} from '../types.ts';

/** Numbers of the kinds of event in the hash; a new kind gets a new number. */
const KIND = {
  accepted: 1,
  rejected: 2,
  trade: 3,
  canceled: 4,
  auction: 5,
  phase: 6,
  vi: 7,
  circuitBreaker: 8,
  sidecar: 9,
  triggered: 10,
  converted: 11,
  base: 12,
  close: 13,
} as const;

/** Numbers of the words in the hash; append only. */
const PHASE_CAUSES: readonly PhaseCause[] = [
  'schedule',
  'hand',
  'vi',
  'halt',
  'circuitBreaker',
  'reopening',
  'extension',
];
const MARKETS = Market.options;
const ROUTES = ['KRX', 'NXT', 'SOR'] as const;
/** Place in the hash of what belongs to no board. */
const NO_BOARD = -1;

type EventOf<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;
type Body<K extends ExchangeEvent['kind']> = Omit<EventOf<K>, 'kind' | 'seq' | 'ts'>;
/** What of an event its board does not say. */
type OnBoard<K extends ExchangeEvent['kind']> = Omit<Body<K>, 'code' | 'venue'>;

export interface EventStreamState {
  readonly seq: number;
  readonly hash: EventHashState;
}

export class EventStream {
  readonly #sink: ExchangeSink;
  readonly #quiet: boolean;
  #hash = new EventHash();
  #seq = 0;
  #now: EpochMs;
  /** Both halves of the clock as the hash takes them. */
  #nowLow = 0;
  #nowHigh = 0;

  constructor(options: { readonly now: EpochMs; readonly quietParticipants: boolean }, sink: ExchangeSink) {
    this.#sink = sink;
    this.#quiet = options.quietParticipants;
    this.#now = options.now;
    this.now = options.now;
  }

  /** The exchange's clock, stamped on every event. */
  get now(): EpochMs {
    return this.#now;
  }

  set now(now: EpochMs) {
    this.#now = now;
    this.#nowLow = now | 0;
    this.#nowHigh = Math.floor(now / 4_294_967_296) | 0;
  }

  get seq(): number {
    return this.#seq;
  }

  get hash(): string {
    return this.#hash.text();
  }

  state(): EventStreamState {
    return { seq: this.#seq, hash: this.#hash.state() };
  }

  /** Continues from a saved state. */
  restore(state: EventStreamState, now: EpochMs): void {
    this.#seq = state.seq;
    this.#hash = new EventHash(state.hash);
    this.now = now;
  }

  /** `form`: the entry's, packed; `price`: as asked, or taken from the book; `entry` says the rest. Positional, because it is called for every order. */
  accepted(
    board: Board,
    entry: OrderEntry,
    form: number,
    orderNo: number,
    originalOrderNo: number,
    price: number,
  ): void {
    const { owner, side, type, timeInForce, quantity, route = 'KRX', session = 'regular', stopPrice = 0 } = entry;
    const hash = this.#open(KIND.accepted, board.place);
    const routed = route === 'KRX' ? 0 : ROUTES.indexOf(route);
    hash.six(orderNo, originalOrderNo, owner, form * 8 + routed * 2 + (side === 'buy' ? 0 : 1), price, quantity);
    if (stopPrice !== 0) hash.word(stopPrice);
    if (this.#quiet && owner === PARTICIPANTS) return;
    this.#sink({
      kind: 'accepted',
      seq: this.#seq,
      ts: this.#now,
      code: board.code,
      venue: board.venue,
      route,
      orderNo,
      originalOrderNo,
      owner,
      side,
      type,
      timeInForce,
      session,
      price,
      stopPrice,
      quantity,
    });
  }

  /** `board`: where the order would have gone, undefined where none is known. */
  rejected(
    board: Board | undefined,
    body: { readonly code: string; readonly orderNo: number; readonly owner: number; readonly reason: RejectCode },
  ): void {
    const hash = this.#open(KIND.rejected, board?.place ?? NO_BOARD);
    hash.word(body.orderNo);
    hash.word(body.owner);
    hash.word(REJECT_CODES.indexOf(body.reason));
    if (board === undefined) hash.word(hash32(body.code));
    this.#sink({ kind: 'rejected', seq: this.#seq, ts: this.#now, ...body });
  }

  /** Positional, because it is called for every trade and must make nothing but the event. Price in won. */
  trade(
    board: Board,
    price: number,
    quantity: number,
    buyOrderNo: number,
    buyOwner: number,
    sellOrderNo: number,
    sellOwner: number,
    aggressor: Side | null,
  ): void {
    const hash = this.#open(KIND.trade, board.place);
    hash.six(price, quantity, buyOrderNo, buyOwner, sellOrderNo, sellOwner);
    hash.word(aggressor === null ? 0 : aggressor === 'buy' ? 1 : 2);
    this.#sink({
      kind: 'trade',
      seq: this.#seq,
      ts: this.#now,
      code: board.code,
      venue: board.venue,
      price,
      quantity,
      buyOrderNo,
      buyOwner,
      sellOrderNo,
      sellOwner,
      aggressor,
    });
  }

  canceled(board: Board, orderNo: number, owner: number, quantity: number, cause: CancelCause): void {
    const hash = this.#open(KIND.canceled, board.place);
    hash.word(orderNo);
    hash.word(owner);
    hash.word(quantity);
    hash.word(CANCEL_CAUSES.indexOf(cause));
    if (this.#quiet && owner === PARTICIPANTS) return;
    const { code, venue } = board;
    this.#sink({ kind: 'canceled', seq: this.#seq, ts: this.#now, code, venue, orderNo, owner, quantity, cause });
  }

  auction(board: Board, body: OnBoard<'auction'>): void {
    const hash = this.#open(KIND.auction, board.place);
    hash.word(PHASES.indexOf(body.phase));
    hash.word(body.price);
    hash.add(body.quantity);
    this.#sink({ kind: 'auction', seq: this.#seq, ts: this.#now, code: board.code, venue: board.venue, ...body });
  }

  /** Of a board, or of a whole venue. */
  phase(where: Board | VenueName, body: OnBoard<'phase'>): void {
    const whole = typeof where === 'string';
    const hash = this.#open(KIND.phase, whole ? NO_BOARD : where.place);
    if (whole) hash.word(where === 'KRX' ? 0 : 1);
    hash.word(PHASES.indexOf(body.phase));
    hash.word(PHASES.indexOf(body.previous));
    hash.word(PHASE_CAUSES.indexOf(body.cause));
    hash.add(body.until);
    const place = whole ? { venue: where, code: '' } : { venue: where.venue, code: where.code };
    this.#sink({ kind: 'phase', seq: this.#seq, ts: this.#now, ...place, ...body });
  }

  vi(board: Board, body: OnBoard<'vi'>): void {
    const hash = this.#open(KIND.vi, board.place);
    hash.word((body.type === 'static' ? 0 : 1) + (body.direction === 'up' ? 0 : 2));
    hash.word(body.reference);
    hash.word(body.price);
    hash.add(body.until);
    this.#sink({ kind: 'vi', seq: this.#seq, ts: this.#now, code: board.code, venue: board.venue, ...body });
  }

  circuitBreaker(body: Body<'circuitBreaker'>): void {
    const hash = this.#open(KIND.circuitBreaker, NO_BOARD);
    hash.word(MARKETS.indexOf(body.market) * 4 + body.level);
    hash.word(body.indexChangePpm);
    hash.add(body.haltUntil);
    hash.add(body.auctionUntil);
    this.#sink({ kind: 'circuitBreaker', seq: this.#seq, ts: this.#now, ...body });
  }

  sidecar(body: Body<'sidecar'>): void {
    const hash = this.#open(KIND.sidecar, NO_BOARD);
    hash.word(MARKETS.indexOf(body.market) * 4 + (body.side === 'buy' ? 0 : 2) + (body.state === 'on' ? 1 : 0));
    hash.add(body.until);
    this.#sink({ kind: 'sidecar', seq: this.#seq, ts: this.#now, ...body });
  }

  triggered(board: Board, body: OnBoard<'triggered'>): void {
    const hash = this.#open(KIND.triggered, board.place);
    hash.word(body.orderNo);
    hash.word(body.owner);
    hash.word(body.last);
    this.#sink({ kind: 'triggered', seq: this.#seq, ts: this.#now, code: board.code, venue: board.venue, ...body });
  }

  converted(board: Board, body: OnBoard<'converted'>): void {
    const hash = this.#open(KIND.converted, board.place);
    hash.word(body.orderNo);
    hash.word(body.owner);
    hash.word(body.quantity);
    this.#sink({ kind: 'converted', seq: this.#seq, ts: this.#now, code: board.code, ...body });
  }

  base(board: Board, body: OnBoard<'base'>): void {
    const hash = this.#open(KIND.base, board.place);
    hash.word(body.basePrice);
    hash.word(body.upperLimit);
    hash.word(body.lowerLimit);
    this.#sink({ kind: 'base', seq: this.#seq, ts: this.#now, code: board.code, ...body });
  }

  close(board: Board, body: OnBoard<'close'>): void {
    const hash = this.#open(KIND.close, board.place);
    hash.word(body.price);
    hash.word(body.special ? 1 : 0);
    this.#sink({ kind: 'close', seq: this.#seq, ts: this.#now, code: board.code, ...body });
  }

  #open(kind: number, place: number): EventHash {
    this.#seq += 1;
    const hash = this.#hash;
    const seq = this.#seq;
    hash.six(kind, place, seq | 0, Math.floor(seq / 4_294_967_296), this.#nowLow, this.#nowHigh);
    return hash;
  }
}
