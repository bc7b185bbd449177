/** Account (계좌) and position (잔고): cash, power and what is held. */
import { z } from 'zod';
import { AccountCurrency, AccountProduct, InstrumentId, IsoDate } from './instrument.ts';

export const Environment = z.enum(['simulation', 'live', 'paper', 'real']);
/** simulation 시뮬레이션 · live 실시세+모의체결 · paper KIS 모의투자 · real KIS 실전투자 */
export type Environment = z.infer<typeof Environment>;

/** cash 현금 계좌(증거금 100%) · margin40 위탁증거금 계좌(미수 가능) */
export const AccountKind = z.enum(['cash', 'margin40']);
export type AccountKind = z.infer<typeof AccountKind>;

/**
 * All figures are whole minor units of the account's currency: won, and 1/10,000 of it in a foreign account. The fields
 * named …Krw hold those units in either (glossary, "minor units"; docs/adr/0008).
 */
export const Account = z.strictObject({
  accountId: z.string(),
  name: z.string(),
  environment: Environment,
  kind: AccountKind,
  /** won if absent: records from before there were dollars. */
  currency: AccountCurrency.optional(),
  /** What is traded from it; stock if absent (docs/adr/0013). */
  product: AccountProduct.optional(),
  /** What it was opened with; where the broker keeps no such figure, its net assets when Maru first saw it. */
  startingCashKrw: z.int().nonnegative(),
  /** Settled cash today (예수금), and after the settlements of one and two sessions on. */
  cashD0Krw: z.int(),
  cashD1Krw: z.int(),
  cashD2Krw: z.int(),
  /** Cash held by open buy orders: limit price or upper limit × quantity, plus commission; on margin its margin only. */
  reservedKrw: z.int().nonnegative(),
  /** cashD2 − reserved: what a new buy may use (주문 가능 금액). */
  buyingPowerKrw: z.int(),
  /** Cash that may stand as margin: at a rate of 40 % it buys 2.5 times as much. Equal to the buying power where nothing may be left unpaid. */
  marginPowerKrw: z.int(),
  /** Missing from the settled cash today (미수금). */
  unpaidKrw: z.int().nonnegative(),
  /** Borrowed for what is held (대출금), which is not one's own; none if absent. */
  loanKrw: z.int().nonnegative().optional(),
  /** Last day on which purchases must be paid in full because something was left unpaid; null where none is in force. */
  frozenUntil: IsoDate.nullable(),
  /** Session the figures belong to, and the dates D+1 and D+2. */
  sessionDate: IsoDate,
  d1Date: IsoDate,
  d2Date: IsoDate,
  createdTs: z.int(),
});
export type Account = z.infer<typeof Account>;

export const Position = z.strictObject({
  accountId: z.string(),
  instrumentId: InstrumentId,
  /** Below zero where more was sold than bought (매도 포지션): of futures and options only. */
  quantity: z.int(),
  /** Quantity not tied up in open orders that would close it (주문가능수량). */
  sellable: z.int().nonnegative(),
  /** What the held quantity cost, purchase commission included (매입금액); the average is derived. Of a sold position below zero: what was got for it. */
  costKrw: z.int(),
  realisedKrw: z.int(),
});
export type Position = z.infer<typeof Position>;

/** active 매매 가능 · reducing 청산만 가능 · halted 매매 중지 */
export const TradingStateName = z.enum(['active', 'reducing', 'halted']);
export type TradingStateName = z.infer<typeof TradingStateName>;

export const TradingState = z.strictObject({
  state: TradingStateName,
  /** Rises with every change; a cleared order carries it and is compared again before it leaves. */
  epoch: z.int().nonnegative(),
  /** user: by hand · play: by a play · invariant: a broken assertion · storage: cannot record · recovery: came back halted */
  cause: z.enum(['user', 'play', 'invariant', 'storage', 'recovery', 'start']),
  note: z.string(),
  sinceTs: z.int(),
});
export type TradingState = z.infer<typeof TradingState>;

/** A message to the user (알림). */
export const Alert = z.strictObject({
  alertId: z.string(),
  /** Of the message; says what it is about. */
  code: z.string(),
  level: z.enum(['info', 'caution', 'high', 'critical']),
  titleKo: z.string(),
  bodyKo: z.string(),
  ts: z.int(),
});
export type Alert = z.infer<typeof Alert>;
