/** Numbers, hashes and delivers the events of a venue. */
import { hash32 } from '../rng/index.ts';
import { PHASES, type EpochMs, type Phase } from '../time/index.ts';
import { EventHash, type EventHashState } from './event-hash.ts';
import { PARTICIPANTS, type ExchangeEvent, type ExchangeSink, type OrderEntry, type RejectCode } from './types.ts';

/** Numbers of the kinds of event in the hash; a new kind gets a new number. */
const KIND = { accepted: 1, rejected: 2, trade: 3, canceled: 4, auction: 5, phase: 6 } as const;
/** Numbers of the words in the hash; append only. */
const REASONS: readonly RejectCode[] = [
  'SESSION',
  'TYPE',
  'QUANTITY',
  'QUANTITY_CAP',
  'PRICE',
  'SAME_PRICE',
  'TICK',
  'LIMIT',
  'HALTED',
  'UNKNOWN_ISSUE',
  'UNKNOWN_ORDER',
  'FULL',
];
const CAUSES = ['user', 'ioc', 'fok', 'replaced', 'expired'] as const;
const TIMES = ['day', 'ioc', 'fok'] as const;

type EventOf<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;
type Body<K extends ExchangeEvent['kind']> = Omit<EventOf<K>, 'kind' | 'seq' | 'ts'>;

export interface EventStreamState {
  readonly seq: number;
  readonly hash: EventHashState;
}

/** `issue` in the methods is the issue's place in the listing, −1 for none. */
export class EventStream {
  readonly #sink: ExchangeSink;
  readonly #quiet: boolean;
  #hash = new EventHash();
  #seq = 0;
  /** The venue's clock, stamped on every event. */
  now: EpochMs;

  constructor(options: { readonly now: EpochMs; readonly quietParticipants: boolean }, sink: ExchangeSink) {
    this.#sink = sink;
    this.#quiet = options.quietParticipants;
    this.now = options.now;
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

  accepted(issue: number, orderNo: number, originalOrderNo: number, entry: OrderEntry): void {
    const hash = this.#open(KIND.accepted, issue);
    hash.word(orderNo);
    hash.word(originalOrderNo);
    hash.word(entry.owner);
    hash.word((entry.side === 'buy' ? 0 : 1) + (entry.type === 'limit' ? 0 : 2) + 4 * TIMES.indexOf(entry.timeInForce));
    hash.word(entry.price);
    hash.word(entry.quantity);
    if (this.#quiet && entry.owner === PARTICIPANTS) return;
    const { code, owner, side, type, timeInForce, price, quantity } = entry;
    const { seq, now: ts } = this;
    const kind = 'accepted';
    this.#sink({ kind, seq, ts, code, orderNo, originalOrderNo, owner, side, type, timeInForce, price, quantity });
  }

  rejected(issue: number, body: Body<'rejected'>): void {
    const hash = this.#open(KIND.rejected, issue);
    hash.word(body.orderNo);
    hash.word(body.owner);
    hash.word(REASONS.indexOf(body.reason));
    if (issue < 0) hash.word(hash32(body.code));
    this.#sink({ kind: 'rejected', seq: this.#seq, ts: this.now, ...body });
  }

  trade(issue: number, body: Body<'trade'>): void {
    const hash = this.#open(KIND.trade, issue);
    hash.word(body.price);
    hash.word(body.quantity);
    hash.word(body.buyOrderNo);
    hash.word(body.buyOwner);
    hash.word(body.sellOrderNo);
    hash.word(body.sellOwner);
    hash.word(body.aggressor === null ? 0 : body.aggressor === 'buy' ? 1 : 2);
    const { code, price, quantity, buyOrderNo, buyOwner, sellOrderNo, sellOwner, aggressor } = body;
    const { seq, now: ts } = this;
    const kind = 'trade';
    this.#sink({ kind, seq, ts, code, price, quantity, buyOrderNo, buyOwner, sellOrderNo, sellOwner, aggressor });
  }

  canceled(issue: number, body: Body<'canceled'>): void {
    const hash = this.#open(KIND.canceled, issue);
    hash.word(body.orderNo);
    hash.word(body.owner);
    hash.word(body.quantity);
    hash.word(CAUSES.indexOf(body.cause));
    if (this.#quiet && body.owner === PARTICIPANTS) return;
    const { code, orderNo, owner, quantity, cause } = body;
    this.#sink({ kind: 'canceled', seq: this.#seq, ts: this.now, code, orderNo, owner, quantity, cause });
  }

  auction(issue: number, body: Body<'auction'>): void {
    const hash = this.#open(KIND.auction, issue);
    hash.word(PHASES.indexOf(body.phase));
    hash.word(body.price);
    hash.add(body.quantity);
    this.#sink({ kind: 'auction', seq: this.#seq, ts: this.now, ...body });
  }

  phase(change: { readonly phase: Phase; readonly previous: Phase }): void {
    const hash = this.#open(KIND.phase, -1);
    hash.word(PHASES.indexOf(change.phase));
    hash.word(PHASES.indexOf(change.previous));
    this.#sink({ kind: 'phase', seq: this.#seq, ts: this.now, ...change });
  }

  #open(kind: number, issue: number): EventHash {
    this.#seq += 1;
    const hash = this.#hash;
    hash.word(kind);
    hash.word(issue);
    hash.add(this.#seq);
    hash.add(this.now);
    return hash;
  }
}
