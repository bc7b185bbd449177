/** The desk's part of the tap: orders at every step, fills, accounts valued at last prices, and the broker's books beside ours. */
import type { MarketHub } from '#core/market/index.ts';
import type { AskedOrder, BooksCompared, Desk } from '#core/trading/index.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import { foreignExchangeOf, isOpen, type InstrumentId, type NewOrder, type Order } from '#shared/domain/index.ts';
import { isSettledByDifference, valueOf, valueUnit } from '#shared/market/index.ts';
import type { OrderEvent, ThreatEvent } from '#shared/threats/index.ts';
import { MarkKeeper, type MarksPort } from './account-marks.ts';

/** What a unit is worth at a price, whole won: detectors reckon amounts as price × quantity, which holds for shares alone. */
function unitWorth(id: InstrumentId, price: number | null): number | null {
  const unit = price === null ? null : valueUnit(id);
  return price === null || unit === null ? price : Math.max(1, Math.round((price * unit.num) / unit.den));
}

/** Prices of issues abroad are told in minor units of their currency: no rate is made up for them. */
function isInWon(id: InstrumentId): boolean {
  return foreignExchangeOf(id) === null;
}

export interface DeskTapParts {
  readonly hub: MarketHub;
  readonly desk: Desk;
  /** null: as the desk's own inquiries find it. */
  readonly brokerQty: ((accountId: string, id: InstrumentId) => number | null) | null;
  readonly marks: MarksPort | null;
  readonly now: () => number;
  readonly say: (event: ThreatEvent) => void;
}

/** Open orders that are told at the start. */
const OPEN_LIMIT = 1_000;

export class DeskTap {
  readonly #from: DeskTapParts;
  readonly #marks: MarkKeeper;
  /** Open orders as they were told last. */
  readonly #told = new Map<string, Pick<Order, 'state' | 'pending'>>();
  /** Accounts with a fill that their cash does not know of yet: what was bought or sold would be counted twice or not at all. */
  readonly #behind = new Set<string>();

  constructor(parts: DeskTapParts) {
    this.#from = parts;
    this.#marks = new MarkKeeper(parts.marks);
  }

  /** Begins to tell, with what is open already; returns what ends it. */
  start(): () => void {
    const { desk, brokerQty } = this.#from;
    const unwatch = desk.watch((deltas) => this.#hear(deltas));
    const unobserve = desk.observe({
      asked: (asked) => this.#hearAsked(asked),
      changeAsked: (order, what) => this.#sayOrder(order, what === 'cancel' ? 'cancelAsked' : 'replaceAsked'),
      ...(brokerQty === null && { compared: (books: readonly BooksCompared[]) => this.#hearBooks(books) }),
    });
    for (const { accountId } of desk.accounts()) {
      this.account(accountId);
      for (const order of desk.orders({ accountId, open: true, limit: OPEN_LIMIT })) this.#hearOrder(order);
    }
    return () => {
      unwatch();
      unobserve();
    };
  }

  /** Another market: what losses were measured from is no measure any more. */
  reset(): void {
    this.#marks.reset();
    this.#behind.clear();
  }

  /** Our books beside what somebody else says the broker holds. */
  compare(accountId: string): void {
    const { brokerQty, desk } = this.#from;
    if (!brokerQty) return;
    for (const { instrumentId: id, quantity } of desk.positions(accountId)) {
      const theirs = brokerQty(accountId, id);
      const ts = this.#from.now();
      if (theirs !== null)
        this.#from.say({ kind: 'reconcile', ts, accountId, id, deskQty: quantity, brokerQty: theirs });
    }
  }

  #hearBooks(books: readonly BooksCompared[]): void {
    const ts = this.#from.now();
    for (const { accountId, instrumentId: id, deskQty, brokerQty } of books)
      this.#from.say({ kind: 'reconcile', ts, accountId, id, deskQty, brokerQty });
  }

  #hear(deltas: readonly DeskDelta[]): void {
    for (const delta of deltas) {
      if (delta.kind === 'order') this.#hearOrder(delta.order);
      else if (delta.kind === 'fill') this.#hearFill(delta.fill);
      // The figures that follow a fill; others are looked at once a second.
      else if (delta.kind === 'account' && this.#behind.delete(delta.account.accountId))
        this.account(delta.account.accountId);
    }
  }

  #hearAsked({ orderId, order, automated }: AskedOrder): void {
    const gesture = automated ? null : gestureOf(order);
    const { accountId, instrumentId: id, side, quantity } = order;
    const [ts, price] = [this.#from.now(), unitWorth(id, order.price)];
    const inWon = isInWon(id);
    this.#from.say({ kind: 'order', ts, accountId, orderId, id, side, price, inWon, quantity, step: 'asked', gesture });
  }

  #hearOrder(order: Order): void {
    const { orderId, state, pending, external } = order;
    if (external) return;
    const before = this.#told.get(orderId);
    if (isOpen(state)) this.#told.set(orderId, { state, pending });
    else this.#told.delete(orderId);
    // The same state is told again where it answers a change that was asked.
    const answered = before !== undefined && before.pending !== 'none' && pending === 'none';
    if (before?.state !== state || answered) this.#sayOrder(order, state);
  }

  #sayOrder(order: Order, step: OrderEvent['step']): void {
    const { orderId, accountId, instrumentId: id, side, quantity } = order;
    const [gesture, ts, price] = [gestureOf(order), this.#from.now(), unitWorth(id, order.price)];
    const inWon = isInWon(id);
    this.#from.say({ kind: 'order', ts, accountId, orderId, id, side, price, inWon, quantity, step, gesture });
  }

  #hearFill(fill: Extract<DeskDelta, { readonly kind: 'fill' }>['fill']): void {
    const { fillId, orderId, accountId, instrumentId: id, side, quantity, realisedKrw } = fill;
    const price = unitWorth(id, fill.price) ?? fill.price;
    const order = this.#from.desk.order(orderId);
    const realised = side === 'sell' ? realisedKrw : null;
    const ts = this.#from.now();
    const about = { kind: 'fill', ts, accountId, orderId, execId: fillId, id, side, price, quantity } as const;
    // Whether a stop sold is not told by the desk: a sale at a loss by a mandate counts as one.
    const stop = side === 'sell' && realisedKrw < 0 && order?.requestId.startsWith(BY_MANDATE) === true;
    const cumulativeQty = order?.filledQty ?? quantity;
    this.#from.say({ ...about, cumulativeQty, orderQty: order?.quantity ?? quantity, realisedKrw: realised, stop });
    this.#marks.filled(accountId, ts);
    this.#behind.add(accountId);
  }

  /** The account as it stands; nothing while a price of what is held is not known, or its cash lags behind a fill. */
  account(accountId: string): void {
    const { desk, hub } = this.#from;
    if (this.#behind.has(accountId)) return;
    const account = desk.accounts().find((each) => each.accountId === accountId);
    if (!account || (account.currency ?? 'KRW') !== 'KRW') return;
    const positions = desk.positions(accountId).filter(({ quantity }) => quantity !== 0);
    let equityKrw = account.cashD2Krw - (account.loanKrw ?? 0);
    const held: { id: InstrumentId; quantity: number; valueKrw: number; costKrw: number; sector: string | null }[] = [];
    for (const { instrumentId: id, quantity, costKrw } of positions) {
      const facts = hub.facts(id);
      const price = facts?.last ?? facts?.base ?? 0;
      if (price === 0) return;
      const valueKrw = valueOf(id, price, quantity);
      // Nothing was paid for a future: its gain counts, and it is no money that lies in one name.
      const isFuture = isSettledByDifference(id);
      equityKrw += isFuture ? valueKrw - costKrw : valueKrw;
      if (quantity > 0 && !isFuture) held.push({ id, quantity, valueKrw, costKrw, sector: null });
    }
    const ts = this.#from.now();
    const { sessionDate: date, cashD2Krw: cashKrw } = account;
    const { dayStartKrw, peakKrw } = this.#marks.look(accountId, { date, equityKrw, cashKrw, ts });
    this.#from.say({
      kind: 'account',
      ts,
      accountId,
      equityKrw,
      dayStartKrw,
      peakKrw,
      buyingPowerKrw: account.buyingPowerKrw,
      cashD2Krw: account.cashD2Krw,
      positions: held,
    });
  }
}

const BY_MANDATE = 'mandate:';

/** The user's gesture behind an order; null for one that a mandate or a play sent. */
function gestureOf({ requestId }: Pick<NewOrder, 'requestId'>): string | null {
  return requestId.startsWith(BY_MANDATE) || requestId.startsWith('play:') ? null : requestId;
}
