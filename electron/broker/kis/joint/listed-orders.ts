/** The orders of a day as the broker's list shows them, and what changed from one look to the next: for any product whose list tells totals. */
import type { InstrumentId, OrderSession, OrderType, Side, TimeInForce } from '#shared/domain/index.ts';
import { krw } from '#shared/num/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { BrokerEvent, BrokerExecution, BrokerOrder } from '../../broker.ts';

/** What kind of order it is. */
export interface ListedKind {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
}

/** One order number as the broker shows it; prices in the scale of the issue. */
export interface ListedOrderRow {
  readonly date: SessionDate;
  readonly no: string;
  /** Empty: a first order. */
  readonly originalNo: string;
  readonly about: 'order' | 'replace' | 'cancel';
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  /** A limit order of the day if absent; `timeInForce` null: the list does not tell it. */
  readonly kind?: { readonly type: OrderType; readonly timeInForce: TimeInForce | null };
  /** regular if absent. */
  readonly session?: OrderSession;
  readonly quantity: number;
  /** 0: it carries none. */
  readonly price: number;
  readonly filledQty: number;
  /** Σ price × quantity of its fills. */
  readonly filledValue: number;
  /** Still waiting. */
  readonly restQty: number;
  readonly rejected: boolean;
  /** When the firm received it; null: not told. */
  readonly receivedTs: EpochMs | null;
}

/** The day of the account's market. */
export interface OrderClock {
  /** The server's clock. */
  now(): EpochMs;
  /** The present session, or the last one on a day without. */
  date(): SessionDate;
  /** true: no order of the session waits any more; `part`: of its night or its day, where it has both. */
  isOver(date: SessionDate, part: OrderSession): boolean;
  /** When a trade of the session is settled. */
  settlement(date: SessionDate): SessionDate;
  /** Our clock at an instant of the server's; never later than now. */
  ours(server: EpochMs): EpochMs;
}

/** Charges of all fills of an order so far, in minor units of the account's currency. */
export type ListedCharges = (total: {
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly date: SessionDate;
  /** Σ price × quantity. */
  readonly value: number;
  readonly quantity: number;
}) => { readonly commission: number; readonly tax: number };

const LIMIT: ListedKind = { type: 'limit', timeInForce: 'day' };
/** What is the same of every order here. */
const WHERE = { route: 'KRX' } as const;

interface Known {
  order: BrokerOrder;
  /** Executions so far, in the order in which they were found. */
  readonly executions: BrokerExecution[];
  /** true: shown by the broker's list, not only named by its answer. */
  shown: boolean;
  cancelAsked: boolean;
}

/** An order that was sent and whose answer never came. */
interface Lost {
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly kind?: ListedKind;
  readonly session?: OrderSession;
  /** 0: it carried none. */
  readonly price: number;
  readonly quantity: number;
  /** Our clock when it left. */
  readonly sentTs: EpochMs;
}

/** How far the two clocks may disagree about an order that we know we sent. */
const CLOCK_ERROR_MS = 60_000;
/** Lost orders remembered. */
const MAX_LOST = 50;

interface OrderParts {
  readonly accountId: string;
  readonly clock: OrderClock;
  readonly charges: ListedCharges;
  readonly tell: (event: BrokerEvent) => void;
}

export class ListedOrders {
  readonly #parts: OrderParts;
  readonly #days = new Map<SessionDate, Map<string, Known>>();
  /** Days that were looked at. */
  readonly #seen = new Set<SessionDate>();
  #lost: readonly Lost[] = [];

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  find(no: string, date: SessionDate = this.#parts.clock.date()): BrokerOrder | undefined {
    return this.#days.get(date)?.get(no)?.order;
  }

  /** Orders that wait, of all days known. */
  get open(): readonly BrokerOrder[] {
    return [...this.#days.values()].flatMap((day) =>
      [...day.values()].map(({ order }) => order).filter(({ status }) => status === 'open'),
    );
  }

  orders(date: SessionDate): readonly BrokerOrder[] {
    return [...(this.#days.get(date)?.values() ?? [])].filter(({ shown }) => shown).map(({ order }) => order);
  }

  executions(date: SessionDate): readonly BrokerExecution[] {
    return [...(this.#days.get(date)?.values() ?? [])].flatMap(({ executions }) => executions);
  }

  /** An order of ours that the broker has just numbered. */
  placed(facts: {
    readonly no: string;
    readonly instrumentId: InstrumentId;
    readonly side: Side;
    readonly kind?: ListedKind;
    readonly session?: OrderSession;
    /** 0: it carries none. */
    readonly price: number;
    readonly quantity: number;
    readonly receivedTs: EpochMs;
  }): void {
    const { clock, accountId } = this.#parts;
    const { no, instrumentId, side, kind = LIMIT, session = 'regular', price, quantity, receivedTs } = facts;
    const order: BrokerOrder = {
      accountId,
      brokerOrderNo: no,
      originalOrderNo: null,
      instrumentId,
      side,
      ...kind,
      ...WHERE,
      session,
      venue: 'KRX',
      price: price > 0 ? price : null,
      stopPrice: null,
      triggered: false,
      quantity,
      filledQty: 0,
      filledValue: krw(0),
      status: 'open',
      exchangeTs: clock.now(),
      receivedTs,
      sessionDate: clock.date(),
    };
    this.#day(order.sessionDate).set(no, { order, executions: [], shown: false, cancelAsked: false });
  }

  /** An order left and nothing came back: a new row with its terms may be it, whatever the server's clock makes of the time. */
  lost(order: Lost): void {
    this.#lost = [...this.#lost, order].slice(-MAX_LOST);
  }

  cancelAsked(no: string): void {
    const known = this.#days.get(this.#parts.clock.date())?.get(no);
    if (known) known.cancelAsked = true;
  }

  /** Takes the whole list of a day in, and tells what is news. The first look at a day is told by its questions only. */
  settle(date: SessionDate, rows: readonly ListedOrderRow[]): void {
    const day = this.#day(date);
    const quiet = !this.#seen.has(date);
    this.#seen.add(date);
    const own = rows.filter((row) => row.date === date);
    for (const row of own.filter(({ about }) => about !== 'cancel').sort(byNumber)) this.#row(day, row, { own, quiet });
  }

  #row(
    day: Map<string, Known>,
    row: ListedOrderRow,
    at: { readonly own: readonly ListedOrderRow[]; readonly quiet: boolean },
  ): void {
    const before = day.get(row.no);
    const known = before ?? { order: this.#ofRow(row), executions: [], shown: false, cancelAsked: false };
    day.set(row.no, known);
    const quiet = at.quiet && !before;
    if (!known.shown && !quiet) {
      const { originalOrderNo } = known.order;
      const original = originalOrderNo === null ? undefined : day.get(originalOrderNo);
      if (original?.order.status === 'open') original.order = { ...original.order, status: 'replaced' };
      const taken: BrokerOrder = { ...known.order, filledQty: 0, filledValue: krw(0), status: 'open' };
      this.#parts.tell({ kind: originalOrderNo === null ? 'accepted' : 'replaced', order: taken });
    }
    known.shown = true;
    this.#fill(known, row, quiet);
    const status = this.#statusOf(row, at.own);
    // An answer that left before the end was known does not undo it.
    if (status === known.order.status || (status === 'open' && known.order.status !== 'open')) return;
    known.order = { ...known.order, status };
    if (!quiet) this.#tellEnd(known);
  }

  /** The totals of a row beyond what was booked, as one execution whose sum is exact by its total amount. */
  #fill(known: Known, row: ListedOrderRow, quiet: boolean): void {
    const { clock, tell } = this.#parts;
    const { order } = known;
    const quantity = row.filledQty - order.filledQty;
    if (quantity <= 0) return;
    const value = row.filledValue - order.filledValue;
    known.order = { ...order, filledQty: row.filledQty, filledValue: krw(row.filledValue) };
    const { accountId, brokerOrderNo, instrumentId, side, sessionDate } = order;
    const total = { value: row.filledValue, quantity: row.filledQty };
    const charges = this.#parts.charges({ instrumentId, side, date: sessionDate, ...total });
    const execution: BrokerExecution = {
      accountId,
      brokerOrderNo,
      instrumentId,
      side,
      venue: 'KRX',
      price: Math.max(1, Math.floor(value / quantity)),
      quantity,
      cumulativeQty: row.filledQty,
      cumulativeValue: row.filledValue,
      cumulativeCommissionKrw: krw(charges.commission),
      cumulativeTaxKrw: krw(charges.tax),
      exchangeTs: sessionDate === clock.date() ? clock.now() : order.exchangeTs,
      sessionDate,
      settlementDate: clock.settlement(sessionDate),
    };
    known.executions.push(execution);
    if (!quiet) tell({ kind: 'fill', execution });
  }

  /** How an order stands; the list has no word for it, only quantities, and rows that are about it. */
  #statusOf(row: ListedOrderRow, own: readonly ListedOrderRow[]): BrokerOrder['status'] {
    if (row.filledQty >= row.quantity) return 'filled';
    if (row.rejected && row.filledQty === 0) return 'rejected';
    const later = own.filter((each) => each.originalNo === row.no && !each.rejected);
    if (later.some(({ about }) => about === 'replace')) return 'replaced';
    const isOver = this.#parts.clock.isOver(row.date, row.session ?? 'regular');
    if (row.restQty > 0) return isOver ? 'expired' : 'open';
    if (later.some(({ about }) => about === 'cancel')) return 'canceled';
    return isOver ? 'expired' : 'canceled';
  }

  #tellEnd({ order, cancelAsked }: Known): void {
    const { tell, clock } = this.#parts;
    const { accountId, brokerOrderNo, status } = order;
    const about = { accountId, brokerOrderNo, exchangeTs: clock.now() };
    const quantity = order.quantity - order.filledQty;
    if (status === 'expired') tell({ kind: 'expired', quantity, ...about });
    if (status === 'rejected') tell({ kind: 'rejected', what: 'order', code: 'EXCH_REFUSED', ...about });
    if (status === 'canceled') tell({ kind: 'canceled', quantity, cause: cancelAsked ? 'user' : 'exchange', ...about });
  }

  #ofRow(row: ListedOrderRow): BrokerOrder {
    const { clock, accountId } = this.#parts;
    const exchangeTs = row.receivedTs ?? clock.now();
    const told = clock.ours(exchangeTs);
    const sent = this.#sentAs(row, told);
    const { type, timeInForce } = row.kind ?? LIMIT;
    return {
      accountId,
      brokerOrderNo: row.no,
      originalOrderNo: row.about === 'replace' && row.originalNo !== '' ? row.originalNo : null,
      instrumentId: row.instrumentId,
      side: row.side,
      type,
      timeInForce: timeInForce ?? sent?.kind?.timeInForce ?? 'day',
      ...WHERE,
      session: row.session ?? 'regular',
      venue: 'KRX',
      price: row.price > 0 ? row.price : null,
      stopPrice: null,
      triggered: false,
      quantity: row.quantity,
      filledQty: 0,
      filledValue: krw(0),
      status: 'open',
      exchangeTs,
      receivedTs: sent && told < sent.sentTs ? sent.sentTs : told,
      sessionDate: row.date,
    };
  }

  /** The order whose answer never came and whose terms the row has. */
  #sentAs(row: ListedOrderRow, told: EpochMs): Lost | undefined {
    const { instrumentId, side, kind = LIMIT, session = 'regular', price, quantity } = row;
    return this.#lost.find(
      (each) =>
        each.instrumentId === instrumentId &&
        each.side === side &&
        (each.session ?? 'regular') === session &&
        (each.kind ?? LIMIT).type === kind.type &&
        (kind.timeInForce === null || (each.kind ?? LIMIT).timeInForce === kind.timeInForce) &&
        each.price === price &&
        each.quantity === quantity &&
        Math.abs(each.sentTs - told) <= CLOCK_ERROR_MS,
    );
  }

  #day(date: SessionDate): Map<string, Known> {
    const known = this.#days.get(date);
    if (known) return known;
    const day = new Map<string, Known>();
    this.#days.set(date, day);
    return day;
  }
}

function byNumber(a: ListedOrderRow, b: ListedOrderRow): number {
  return a.no < b.no ? -1 : a.no > b.no ? 1 : 0;
}
