/** Numbers, hashes and delivers the events of a foreign exchange. */
import { OVERSEAS_ORDER_CODES } from '../../market/index.ts';
import { PHASES, type EpochMs } from '../../time/index.ts';
import { EventHash } from '../floor/event-hash.ts';
import type { OverseasBody, OverseasSink } from './overseas-terms.ts';
import { CANCEL_CAUSES, REJECT_CODES } from '../types.ts';

/** Numbers of the kinds of event in the hash; a new kind gets a new number. */
const KIND = { accepted: 1, rejected: 2, trade: 3, canceled: 4, auction: 5, phase: 6 } as const;

/** `issue` in the methods is the issue's place in the listing, −1 for none. */
export class OverseasStream {
  readonly #sink: OverseasSink;
  readonly #hash = new EventHash();
  #seq = 0;
  /** The exchange's clock, stamped on every event. */
  now: EpochMs;

  constructor(now: EpochMs, sink: OverseasSink) {
    this.now = now;
    this.#sink = sink;
  }

  get seq(): number {
    return this.#seq;
  }

  get hash(): string {
    return this.#hash.text();
  }

  accepted(issue: number, body: OverseasBody<'accepted'>): void {
    const side = body.side === 'buy' ? 0 : 1;
    const code = side + 2 * OVERSEAS_ORDER_CODES.indexOf(body.orderCode);
    this.#open(KIND.accepted, issue, [body.orderNo, body.originalOrderNo, body.owner, code, body.price, body.quantity]);
    this.#sink({ kind: 'accepted', ...this.#head(), ...body });
  }

  /** `name`: hash of a code that is not listed, else 0. */
  rejected(issue: number, body: OverseasBody<'rejected'>, name: number): void {
    this.#open(KIND.rejected, issue, [body.orderNo, body.owner, REJECT_CODES.indexOf(body.reason), name]);
    this.#sink({ kind: 'rejected', ...this.#head(), ...body });
  }

  trade(issue: number, body: OverseasBody<'trade'>): void {
    const { price, quantity, buyOrderNo, buyOwner, sellOrderNo, sellOwner, aggressor } = body;
    const taker = aggressor === null ? 0 : aggressor === 'buy' ? 1 : 2;
    this.#open(KIND.trade, issue, [price, quantity, buyOrderNo, buyOwner, sellOrderNo, sellOwner, taker]);
    this.#sink({ kind: 'trade', ...this.#head(), ...body });
  }

  canceled(issue: number, body: OverseasBody<'canceled'>): void {
    this.#open(KIND.canceled, issue, [body.orderNo, body.owner, body.quantity, CANCEL_CAUSES.indexOf(body.cause)]);
    this.#sink({ kind: 'canceled', ...this.#head(), ...body });
  }

  auction(issue: number, body: OverseasBody<'auction'>): void {
    this.#open(KIND.auction, issue, [PHASES.indexOf(body.phase), body.price, body.quantity]);
    this.#sink({ kind: 'auction', ...this.#head(), ...body });
  }

  phase(body: OverseasBody<'phase'>): void {
    this.#open(KIND.phase, -1, [PHASES.indexOf(body.phase), PHASES.indexOf(body.previous)]);
    this.#sink({ kind: 'phase', ...this.#head(), ...body });
  }

  #head(): { readonly seq: number; readonly ts: EpochMs } {
    return { seq: this.#seq, ts: this.now };
  }

  #open(kind: number, issue: number, figures: readonly number[]): void {
    this.#seq += 1;
    const hash = this.#hash;
    hash.word(kind);
    hash.word(issue);
    hash.add(this.#seq);
    hash.add(this.now);
    for (const figure of figures) hash.add(figure);
  }
}
