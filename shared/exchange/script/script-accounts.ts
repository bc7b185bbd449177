/** Accounts of a script at one member firm: what their orders hold, and what their trades cost. */
import { codeOf, holdsOwnPrice, krxId, type OrderType } from '../../domain/index.ts';
import type { AccountKind, CreditAct, FeeChannel } from '../../market/index.ts';
import { addKrw, ZERO_KRW } from '../../num/index.ts';
import type { EpochMs, SessionDate } from '../../time/index.ts';
import { Ledger, type FillTotals, type LedgerOrder, type LedgerTrade, type Shortage } from '../ledger/ledger.ts';
import { ScriptMistake } from './script-mistake.ts';
import type { ExchangeEvent, ListedIssue } from '../types.ts';

/** Owner numbers of accounts; scripts may use lower ones for orders without an account. */
const FIRST_OWNER = 2_000_000_000;

/** An order of an account before it is sent. */
export interface AccountOrder {
  readonly accountId: string;
  readonly issue: ListedIssue;
  readonly side: 'buy' | 'sell';
  readonly type: OrderType;
  readonly price: number;
  readonly quantity: number;
  /** Won; the day's, for an order that may trade up to there. */
  readonly upperLimit: number;
  readonly credit?: CreditAct;
  readonly marginPercent?: number;
}

/** Everything that changed the ledger, to build it again. */
type Act =
  | { readonly act: 'open'; readonly account: Parameters<Ledger['openAccount']>[0] }
  | { readonly act: 'place'; readonly orderNo: number; readonly order: LedgerOrder }
  | { readonly act: 'fill'; readonly orderNo: number; readonly trade: LedgerTrade }
  | { readonly act: 'less'; readonly orderNo: number; readonly quantity: number };

/** A booked order: its terms, its rest, and what parts that were cut off it had cost. */
interface Open {
  order: LedgerOrder;
  rest: number;
  before: FillTotals;
  totals: FillTotals;
}

const NOTHING: FillTotals = { filledQty: 0, filledValueKrw: ZERO_KRW, commissionKrw: ZERO_KRW, taxKrw: ZERO_KRW };

/** What an execution has cost its order so far, for the script's `cost` lines. */
export interface Cost extends FillTotals {
  readonly orderNo: number;
  readonly account: string;
}

export class ScriptAccounts {
  readonly #date: SessionDate;
  readonly #names: string[] = [];
  #acts: Act[] = [];
  #ledger = new Ledger();
  #open = new Map<number, Open>();

  constructor(date: SessionDate) {
    this.#date = date;
    this.#ledger.openSession(date);
  }

  /** How much has happened: a state to rewind to. */
  get mark(): number {
    return this.#acts.length;
  }

  has(accountId: string): boolean {
    return this.#ledger.has(accountId);
  }

  /** The account an owner number stands for; undefined for another owner. */
  accountOf(owner: number): string | undefined {
    return this.#names[owner - FIRST_OWNER];
  }

  ownerOf(accountId: string): number {
    return FIRST_OWNER + this.#names.indexOf(accountId);
  }

  open(account: {
    accountId: string;
    cash: number;
    createdTs: EpochMs;
    kind?: AccountKind;
    channel?: FeeChannel;
  }): void {
    const { accountId, cash, ...rest } = account;
    this.#do({ act: 'open', account: { accountId, name: accountId, startingCashKrw: cash, ...rest } });
  }

  /** What stands against an order; null: it can be sent. */
  shortage(order: AccountOrder): Shortage | null {
    return this.#ledger.shortage(this.#termsOf(order));
  }

  /** What stands against moving an open order's rest to another price or type. */
  replaceShortage(orderNo: number, order: AccountOrder): Shortage | null {
    const { holdPrice } = this.#termsOf(order);
    return this.#open.has(orderNo) ? this.#ledger.replaceShortage(String(orderNo), holdPrice) : null;
  }

  /** What an open order was sent with beside its price: an order that takes its place keeps it. */
  extrasOf(orderNo: number): Pick<AccountOrder, 'credit' | 'marginPercent'> {
    const order = this.#open.get(orderNo)?.order;
    const { credit, marginPercent } = order ?? {};
    return { ...(credit === undefined ? {} : { credit }), ...(marginPercent === undefined ? {} : { marginPercent }) };
  }

  /** The exchange took an order of an account. */
  accepted(orderNo: number, order: AccountOrder): void {
    this.#do({ act: 'place', orderNo, order: this.#termsOf(order) });
  }

  /** An event that may concern accounts; what trades have cost so far. */
  tell(event: ExchangeEvent): Cost[] {
    if (event.kind === 'canceled' && this.#open.has(event.orderNo)) {
      this.#do({ act: 'less', orderNo: event.orderNo, quantity: event.quantity });
    }
    if (event.kind !== 'trade') return [];
    const { price, quantity, venue, aggressor } = event;
    return (['buy', 'sell'] as const).flatMap((side) => {
      const orderNo = side === 'buy' ? event.buyOrderNo : event.sellOrderNo;
      const open = this.#open.get(orderNo);
      if (!open) return [];
      const role = aggressor === null ? 'auction' : aggressor === side ? 'taker' : 'maker';
      this.#do({ act: 'fill', orderNo, trade: { price, quantity, venue, role } });
      return [{ orderNo, account: open.order.accountId, ...open.totals }];
    });
  }

  /** The account's money, holdings and calls. */
  view(accountId: string): Readonly<Record<string, unknown>> {
    const { name: _name, createdTs: _createdTs, accountId: account, ...money } = this.#ledger.account(accountId);
    const holdings = this.#ledger
      .holdings(accountId)
      .map(({ instrumentId, kind, quantity, sellable, costKrw, debtKrw }) => {
        return { code: codeOf(instrumentId), kind, quantity, sellable, costKrw, debtKrw };
      });
    const calls = this.#ledger.marginCalls().filter((call) => call.accountId === accountId);
    return { account, ...money, holdings, calls: calls.map(({ accountId: _id, ...call }) => call) };
  }

  /** Goes back to a mark by doing everything up to it again. */
  rewind(mark: number): void {
    const acts = this.#acts.slice(0, mark);
    this.#acts = [];
    this.#names.length = 0;
    this.#ledger = new Ledger();
    this.#ledger.openSession(this.#date);
    this.#open = new Map();
    for (const act of acts) this.#do(act);
  }

  #termsOf(order: AccountOrder): LedgerOrder {
    const { accountId, issue, side, type, price, quantity, upperLimit, credit, marginPercent } = order;
    const { market, product } = issue;
    const own = side === 'buy' && holdsOwnPrice(type);
    const percent = this.#percentOf(accountId, market, marginPercent);
    return {
      accountId,
      instrumentId: krxId(issue.code),
      market,
      side,
      quantity,
      holdPrice: own ? price : upperLimit,
      tradeDate: this.#date,
      marginPercent: percent,
      ...(product === undefined ? {} : { product }),
      ...(credit === undefined ? {} : { credit }),
    };
  }

  #percentOf(accountId: string, market: ListedIssue['market'], percent: number | undefined): number {
    try {
      return this.#ledger.marginRate(accountId, { market, ...(percent === undefined ? {} : { percent }) }).percent;
    } catch (error) {
      if (error instanceof RangeError) throw new ScriptMistake(`없는 증거금률입니다: ${percent ?? ''}%.`);
      throw error;
    }
  }

  #do(act: Act): void {
    this.#acts.push(act);
    if (act.act === 'open') {
      this.#ledger.openAccount(act.account);
      this.#names.push(act.account.accountId);
      return;
    }
    const no = String(act.orderNo);
    if (act.act === 'place') {
      this.#ledger.place(no, act.order);
      this.#open.set(act.orderNo, { order: act.order, rest: act.order.quantity, before: NOTHING, totals: NOTHING });
      return;
    }
    const open = this.#open.get(act.orderNo) as Open;
    if (act.act === 'fill') {
      open.rest -= act.trade.quantity;
      open.totals = sumOf(open.before, this.#ledger.fill(no, act.trade));
    } else {
      open.rest -= act.quantity;
      this.#ledger.release(no);
      open.before = open.totals;
      if (open.rest > 0) {
        open.order = { ...open.order, quantity: open.rest };
        this.#ledger.place(no, open.order);
      }
    }
    if (open.rest === 0) this.#open.delete(act.orderNo);
  }
}

function sumOf(a: FillTotals, b: FillTotals): FillTotals {
  return {
    filledQty: a.filledQty + b.filledQty,
    filledValueKrw: addKrw(a.filledValueKrw, b.filledValueKrw),
    commissionKrw: addKrw(a.commissionKrw, b.commissionKrw),
    taxKrw: addKrw(a.taxKrw, b.taxKrw),
  };
}
