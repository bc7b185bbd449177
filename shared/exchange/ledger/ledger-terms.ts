/** What the firm's ledger is asked and what it says: accounts, orders, holdings, calls and forced sales. */
import type { AccountKind, CorporateAction, InstrumentId, Market, Side, VenueName } from '../../domain/index.ts';
import type { ChangedHolding, CreditAct, FeeChannel, FeeProduct, LiquidityRole } from '../../market/index.ts';
import type { Krw } from '../../num/index.ts';
import type { EpochMs, SessionDate } from '../../time/index.ts';

export interface NewLedgerAccount {
  readonly accountId: string;
  readonly name: string;
  readonly startingCashKrw: number;
  readonly createdTs: EpochMs;
  /** cash if absent. */
  readonly kind?: AccountKind;
  /** Decides the commission; bankis if absent. */
  readonly channel?: FeeChannel;
}

/** An account as the firm sees it; won. */
export interface LedgerAccount {
  readonly accountId: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly channel: FeeChannel;
  readonly startingCashKrw: Krw;
  readonly createdTs: EpochMs;
  /** Settled today, and after the settlements of one and two sessions on. */
  readonly cashD0Krw: Krw;
  readonly cashD1Krw: Krw;
  readonly cashD2Krw: Krw;
  /** Held by open orders, commission included: a purchase on margin holds its margin only. */
  readonly reservedKrw: Krw;
  /** Cash that leaves nothing unpaid (미수없는매수금액), and cash that may stand as margin; below zero where money is owed. */
  readonly cashPowerKrw: Krw;
  readonly marginPowerKrw: Krw;
  /** Totals since the account was opened, before charges. */
  readonly boughtKrw: Krw;
  readonly soldKrw: Krw;
  readonly commissionKrw: Krw;
  readonly taxKrw: Krw;
  /** Profit of sales after charges and their share of the cost. */
  readonly realisedKrw: Krw;
  /** Cash that came (left: below zero) otherwise than by trades: deposits, distributions, fractions of corporate actions. */
  readonly otherKrw: Krw;
  /** Borrowed for purchases and not repaid. */
  readonly loanKrw: Krw;
  /** Proceeds and collateral of short sales, kept by the firm until they are covered. */
  readonly pledgedKrw: Krw;
  /** Missing from the settled cash today (미수금). */
  readonly unpaidKrw: Krw;
  /** Last day on which purchases must be paid in full because something was left unpaid; null where none is in force. */
  readonly frozenUntil: SessionDate | null;
}

export interface LedgerPosition {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  /** Quantity not tied up in open sell orders. */
  readonly sellable: number;
}

/** own 현금 잔고 · loan 융자 잔고 · short 대주 잔고(판 수량) */
export type HoldingKind = 'own' | 'loan' | 'short';

/** A position with its money; won. */
export interface LedgerHolding extends LedgerPosition {
  readonly kind: HoldingKind;
  /** Cost with purchase commission; of a short sale its proceeds after charges. */
  readonly costKrw: Krw;
  /** Borrowed for it (loan), or kept as its collateral (short). */
  readonly debtKrw: Krw;
}

/** What an order would hold: a buy its cash at `holdPrice`, a sell its units, a short sale its collateral. */
export interface LedgerOrder {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly market: Market;
  readonly side: Side;
  readonly quantity: number;
  /** Won per unit: the limit, or the day's upper limit of an order without one and of a short sale. */
  readonly holdPrice: number;
  /** Decides the rates of commission and tax. */
  readonly tradeDate: SessionDate;
  /** stock if absent. */
  readonly product?: FeeProduct;
  /** Margin rate of a purchase in percent, from `marginRate`; 100 if absent. */
  readonly marginPercent?: number;
  /** Set for a credit order. */
  readonly credit?: CreditAct;
}

/** An execution as it reaches the ledger. */
export interface LedgerTrade {
  readonly price: number;
  readonly quantity: number;
  /** KRX if absent. */
  readonly venue?: VenueName;
  /** taker if absent. */
  readonly role?: LiquidityRole;
}

/** Totals of one order number after a fill. */
export interface FillTotals {
  readonly filledQty: number;
  readonly filledValueKrw: Krw;
  readonly commissionKrw: Krw;
  readonly taxKrw: Krw;
}

/** What stands against an order: too little cash, or too few units. */
export type Shortage = 'CASH' | 'SELLABLE';

/** What a purchase may use; won, commission not yet taken off. */
export interface BuyingPower {
  /** Without leaving anything unpaid (미수없는매수금액). */
  readonly cashKrw: Krw;
  /** At the margin rate (최대매수금액); equal to `cashKrw` where nothing may be left unpaid. */
  readonly maxKrw: Krw;
}

/** unpaid 미수금 · collateral 담보 부족 */
export type CallReason = 'unpaid' | 'collateral';

/** Money an account must bring, and when. */
export interface MarginCall {
  readonly accountId: string;
  readonly reason: CallReason;
  readonly amountKrw: Krw;
  /** Sessions until it is due: 0 today, 1 the next, 2 the one after. */
  readonly dueIn: 0 | 1 | 2;
}

/** A corporate action as it reaches the ledger; prices in won. */
export interface LedgerAction {
  readonly instrumentId: InstrumentId;
  readonly action: CorporateAction;
  /** New base price, and the close before it. */
  readonly base: number;
  readonly cum: number;
}

/** What a corporate action made of one holding. */
export interface RecordedChange {
  readonly accountId: string;
  readonly kind: HoldingKind;
  readonly instrumentId: InstrumentId;
  readonly after: ChangedHolding;
}

/** What the ledger must know of an issue to sell it by force: the day's lower limit, the lot, and whether it trades. */
export interface SaleTerms {
  readonly market: Market;
  readonly lowerLimit: number;
  readonly lotSize: number;
  readonly halted: boolean;
  readonly product?: FeeProduct;
}

/** Units the firm sells at the market in the opening auction (반대매매). */
export interface ForcedSale {
  readonly accountId: string;
  readonly reason: CallReason;
  readonly instrumentId: InstrumentId;
  readonly kind: Exclude<HoldingKind, 'short'>;
  readonly quantity: number;
}
