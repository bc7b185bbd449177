/** Every order number of the account as it is known, from answers, notices and inquiries, and what is told when one of them brings news. */
import { epochMs, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { BrokerEvent, BrokerExecution, BrokerOrder } from '../../broker.ts';
import type { ChargeSheet } from './charge-sheet.ts';
import { KnownOrder, shownPrice, type OrderFacts } from './known-order.ts';
import { endOf } from './order-end.ts';
import { orderOfNotice, orderOfRow } from './order-origin.ts';
import type { SessionClock } from './session-clock.ts';
import type { Notice } from './wire/ccnl-notice.ts';
import { instantOf } from './wire/fields.ts';
import type { OrderRow } from './wire/order-row.ts';

interface RegisterParts {
  readonly accountId: string;
  readonly clock: SessionClock;
  readonly charges: ChargeSheet;
  readonly tell: (event: BrokerEvent) => void;
}

/** What a notice asks for: nothing · a total soon, to confirm it · a total now, because something is not clear. */
export type Wanted = 'nothing' | 'confirmation' | 'totals';

interface DayBook {
  readonly orders: Map<string, KnownOrder>;
  readonly executions: BrokerExecution[];
  /** Numbers of changes and withdrawals, which are no orders. */
  readonly requests: Set<string>;
  /** true once an inquiry has shown the day: from then on what is new is news. */
  loaded: boolean;
  /** When on our clock the last inquiry of it began. */
  askedTs: EpochMs;
}

export class OrderRegister {
  readonly #parts: RegisterParts;
  readonly #days = new Map<SessionDate, DayBook>();

  constructor(parts: RegisterParts) {
    this.#parts = parts;
  }

  find(no: string, date: SessionDate = this.#parts.clock.date()): KnownOrder | undefined {
    return this.#days.get(date)?.orders.get(no);
  }

  /** Orders of a session that the broker has shown, by number. */
  orders(date: SessionDate): readonly BrokerOrder[] {
    return this.#shown(date).map((order) => order.view());
  }

  openOrders(): readonly KnownOrder[] {
    return this.#shown(this.#parts.clock.date()).filter((order) => order.isOpen);
  }

  /** In the order in which they became known. */
  executions(date: SessionDate): readonly BrokerExecution[] {
    return [...(this.#days.get(date)?.executions ?? [])];
  }

  /** Orders of the day of which the end is not known, shown or not. */
  get hasOpen(): boolean {
    return [...this.#day(this.#parts.clock.date()).orders.values()].some((order) => order.isOpen);
  }

  /** Units of the order that trades now are not clear. */
  get isDoubtful(): boolean {
    return [...this.#day(this.#parts.clock.date()).orders.values()].some(({ fills }) => fills.isDoubtful);
  }

  /** The broker gave one of our orders its number. A notice may have been faster. */
  placed(facts: Omit<OrderFacts, 'accountId'>, more: { readonly price: number | null; readonly orgNo: string }): void {
    const book = this.#day(facts.date);
    const known = book.orders.get(facts.no);
    if (known) {
      known.orgNo ||= more.orgNo;
      return;
    }
    const order = new KnownOrder({ ...facts, accountId: this.#parts.accountId }, more.price);
    order.orgNo = more.orgNo;
    book.orders.set(facts.no, order);
  }

  /** The number of a withdrawal or of a change that has not taken effect yet. */
  requested(no: string): void {
    if (no !== '') this.#day(this.#parts.clock.date()).requests.add(no);
  }

  /** Takes a notice of our account in. */
  hear(notice: Notice): Wanted {
    switch (notice.kind) {
      case 'filled':
        return this.#heardFill(notice);
      case 'refused':
        return this.#heardRefusal(notice);
      case 'lapsed':
        return this.#heardEnd(this.find(notice.no) ?? this.find(notice.originalNo), notice);
      case 'confirmed':
      case 'received':
        if (notice.about === 'order') return this.#heardOrder(notice);
        if (notice.kind === 'received') {
          this.requested(notice.no);
          return 'nothing';
        }
        return notice.about === 'replace'
          ? this.#heardChange(notice)
          : this.#heardEnd(this.find(notice.originalNo), notice);
    }
  }

  /** Takes in what an inquiry says of a whole day; it began at `askedTs` of our clock. */
  settle(date: SessionDate, rows: readonly OrderRow[], askedTs: EpochMs): void {
    const book = this.#day(date);
    const quiet = !book.loaded;
    const own = rows
      .filter((row) => row.date === date && row.no !== '')
      .toSorted((a, b) => (a.no < b.no ? -1 : a.no > b.no ? 1 : 0));
    for (const row of own) if (row.isCancel) book.requests.add(row.no);
    const orders = own.filter((row) => !row.isCancel);
    for (const row of orders) this.#settleRow(book, row, { rows: own, quiet });
    book.loaded = true;
    book.askedTs = askedTs;
  }

  /** The closing auction has begun: what waits as a conditional limit order is a market order now. */
  convert(): void {
    for (const order of this.openOrders()) this.#convert(order);
  }

  #settleRow(
    book: DayBook,
    row: OrderRow,
    about: { readonly rows: readonly OrderRow[]; readonly quiet: boolean },
  ): void {
    const known = book.orders.get(row.no);
    const order = known ?? orderOfRow(row, { ...this.#parts, askedTs: book.loaded ? book.askedTs : null });
    book.orders.set(row.no, order);
    book.requests.delete(row.no);
    order.orgNo ||= row.orgNo;
    order.venue ??= row.venue;
    order.price ??= shownPrice(order.facts.type, row.price);
    order.shown = true;
    const quiet = about.quiet && !known;
    // Its end must be known before the order that follows it is told.
    const { clock } = this.#parts;
    const venue = order.venue ?? 'KRX';
    const since = order.fills.parts.length;
    order.fills.settle({ quantity: row.filledQty, value: row.filledValue }, { venue, exchangeTs: this.#fillTs(order) });
    if (quiet) {
      order.told = true;
      order.triggered ||= row.triggered;
    } else if (order.isOpen) this.#tellTaken(order);
    if (row.triggered) this.#trigger(order);
    this.#book(order, since, quiet);
    if (!order.isOpen || order.fills.isDoubtful) return;
    const end = endOf({ row, order, rows: about.rows, clock });
    if (end === 'open') return;
    order.status = end;
    if (!quiet) this.#tellEnd(order);
  }

  #heardFill(notice: Notice): Wanted {
    const order = this.find(notice.no);
    // Its receipt was lost, or the answer is still on its way: the inquiry tells all of it.
    if (!order || notice.quantity <= 0 || notice.price <= 0) return 'totals';
    order.venue = notice.venue ?? order.venue;
    const { price, quantity, print } = notice;
    const since = order.fills.parts.length;
    const fill = { price, quantity, venue: notice.venue ?? 'KRX', exchangeTs: this.#at(notice.time), print };
    const counted = order.fills.hear(fill, order.rest);
    if (!counted) return 'totals';
    this.#tellTaken(order);
    this.#book(order, since, false);
    if (order.isOpen && order.rest === 0) order.status = 'filled';
    return 'confirmation';
  }

  #heardOrder(notice: Notice): Wanted {
    const known = this.find(notice.no);
    const order = known ?? this.#ofNotice(notice);
    if (!order) return 'totals';
    this.#showNotice(order, notice);
    this.#tellTaken(order);
    return 'nothing';
  }

  #heardChange(notice: Notice): Wanted {
    const original = this.find(notice.originalNo);
    const order = this.find(notice.no) ?? this.#ofNotice(notice);
    if (!order || !original) return 'totals';
    this.#day(order.facts.date).requests.delete(notice.no);
    this.#showNotice(order, notice);
    if (original.isOpen) original.status = 'replaced';
    this.#tellTaken(order);
    return order.facts.quantity === original.rest ? 'nothing' : 'totals';
  }

  /** The rest went: by a withdrawal, or by itself. Where the units do not fit something before it was missed. */
  #heardEnd(order: KnownOrder | undefined, notice: Notice): Wanted {
    this.requested(notice.about === 'cancel' ? notice.no : '');
    if (!order) return 'totals';
    if (!order.isOpen) return 'nothing';
    const told = notice.quantity || order.rest;
    if (told !== order.rest || order.fills.isDoubtful) return 'totals';
    this.#tellTaken(order);
    order.status = 'canceled';
    if (notice.about === 'cancel') order.cancelAsked = true;
    this.#tellEnd(order, this.#at(notice.time));
    return 'nothing';
  }

  #heardRefusal(notice: Notice): Wanted {
    const { about, no, originalNo, time } = notice;
    const { accountId, tell } = this.#parts;
    const order = this.find(about === 'order' ? no : originalNo);
    if (about !== 'order') this.requested(no);
    if (!order) return 'totals';
    if (about === 'order') {
      if (!order.isOpen) return 'nothing';
      order.status = 'rejected';
      order.shown = true;
    }
    tell({
      kind: 'rejected',
      accountId,
      brokerOrderNo: order.facts.no,
      what: about,
      code: 'EXCH_REFUSED',
      exchangeTs: this.#at(time),
    });
    return 'nothing';
  }

  #showNotice(order: KnownOrder, notice: Notice): void {
    order.shown = true;
    order.venue = notice.venue ?? order.venue;
    order.orgNo ||= notice.orgNo;
    order.price ??= shownPrice(order.facts.type, notice.orderPrice || notice.price);
  }

  #tellTaken(order: KnownOrder): void {
    if (order.told) return;
    order.told = true;
    order.shown = true;
    const { originalNo, date } = order.facts;
    const original = originalNo === null ? undefined : this.find(originalNo, date);
    if (original?.isOpen) original.status = 'replaced';
    // As it was when it was taken: what traded since is told after it.
    const taken: BrokerOrder = {
      ...order.view(),
      filledQty: 0,
      filledValue: 0 as BrokerOrder['filledValue'],
      status: 'open',
    };
    this.#parts.tell({ kind: originalNo === null ? 'accepted' : 'replaced', order: taken });
  }

  #tellEnd(order: KnownOrder, exchangeTs: EpochMs = this.#parts.clock.now()): void {
    const { accountId, tell } = this.#parts;
    const { no: brokerOrderNo, timeInForce } = order.facts;
    const about = { accountId, brokerOrderNo, exchangeTs };
    if (order.status === 'expired') tell({ kind: 'expired', quantity: order.rest, ...about });
    if (order.status === 'rejected') tell({ kind: 'rejected', what: 'order', code: 'EXCH_REFUSED', ...about });
    if (order.status !== 'canceled') return;
    const byItself = timeInForce === 'ioc' || timeInForce === 'fok' ? timeInForce : 'exchange';
    tell({ kind: 'canceled', quantity: order.rest, cause: order.cancelAsked ? 'user' : byItself, ...about });
  }

  /** Makes executions of the fills from the given place on, and tells of them. */
  #book(order: KnownOrder, since: number, quiet: boolean): void {
    const { accountId, charges, clock, tell } = this.#parts;
    const { no, date, instrumentId, side, type } = order.facts;
    const book = this.#day(date);
    const { closeAuctionTs } = clock.day();
    order.fills.parts.forEach((part, place) => {
      if (place < since) return;
      if (!quiet) {
        this.#trigger(order);
        if (type === 'conditionalLimit' && closeAuctionTs !== null && part.exchangeTs >= closeAuctionTs)
          this.#convert(order);
      }
      const execution: BrokerExecution = {
        accountId,
        brokerOrderNo: no,
        instrumentId,
        side,
        venue: part.venue,
        price: part.price,
        quantity: part.quantity,
        ...charges.until(order, place),
        exchangeTs: part.exchangeTs,
        sessionDate: date,
        settlementDate: clock.cashDates(date).d2,
      };
      book.executions.push(execution);
      if (!quiet) tell({ kind: 'fill', execution });
    });
    if (order.isOpen && order.rest === 0) order.status = 'filled';
  }

  /** A stop-limit order that trades has been triggered, whether that was told or not. */
  #trigger(order: KnownOrder): void {
    if (order.facts.type !== 'stopLimit' || order.triggered) return;
    order.triggered = true;
    this.#parts.tell({ kind: 'triggered', order: order.view() });
  }

  #convert(order: KnownOrder): void {
    if (order.facts.type !== 'conditionalLimit' || order.converted || !order.told) return;
    order.converted = true;
    this.#parts.tell({ kind: 'converted', order: order.view() });
  }

  #ofNotice(notice: Notice): KnownOrder | undefined {
    const order = orderOfNotice(notice, this.#parts);
    if (order) this.#day(order.facts.date).orders.set(order.facts.no, order);
    return order ?? undefined;
  }

  /** When executions that nobody told one by one are said to have happened. */
  #fillTs(order: KnownOrder): EpochMs {
    const { clock } = this.#parts;
    return order.facts.date === clock.date() ? clock.now() : order.facts.exchangeTs;
  }

  #at(time: string): EpochMs {
    const { clock } = this.#parts;
    return instantOf(clock.date(), time) ?? clock.now();
  }

  #shown(date: SessionDate): readonly KnownOrder[] {
    return [...(this.#days.get(date)?.orders.values() ?? [])].filter((order) => order.shown);
  }

  #day(date: SessionDate): DayBook {
    let book = this.#days.get(date);
    if (!book) {
      book = { orders: new Map(), executions: [], requests: new Set(), loaded: false, askedTs: epochMs(0) };
      this.#days.set(date, book);
    }
    return book;
  }
}
