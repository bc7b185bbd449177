/** Credit of domestic shares (신용융자): an order on it, and the loans that stand; never the way an order goes by itself. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';

/** loanOpen 융자 매수 · loanClose 융자 상환 매도 */
export const LoanAct = z.enum(['loanOpen', 'loanClose']);
export type LoanAct = z.infer<typeof LoanAct>;

/** house 자기융자 · market 유통융자 */
export const LoanMoney = z.enum(['house', 'market']);
export type LoanMoney = z.infer<typeof LoanMoney>;

/** What makes an order one on credit; an order without it is in cash. */
export const OrderCredit = z.strictObject({
  act: LoanAct,
  money: LoanMoney,
  /** The loan that a sale repays (대출일자); null for a purchase, whose loan is of the day. */
  loanDate: IsoDate.nullable(),
});
export type OrderCredit = z.infer<typeof OrderCredit>;

/** A loan as the broker's balance shows it, by issue and day; won. */
export const LoanLot = z.strictObject({
  instrumentId: InstrumentId,
  name: z.string(),
  /** 매매구분 in the broker's word: "자기융자". */
  kind: z.string(),
  /** Read from that word; null: it says neither, and the user has to. */
  money: LoanMoney.nullable(),
  loanDate: IsoDate,
  /** 만기일자; null: not told. */
  expires: IsoDate.nullable(),
  quantity: z.int().nonnegative(),
  sellable: z.int().nonnegative(),
  loanKrw: z.int().nonnegative(),
});
export type LoanLot = z.infer<typeof LoanLot>;

/** What the broker said of an order on credit just before it is judged. */
export interface CreditFacts {
  /** Of a purchase: the most units at its price on that loan (최대매수수량). null: not asked. */
  readonly openable: number | null;
  /** Of a sale: the loans of the issue. null: not asked. */
  readonly lots: readonly LoanLot[] | null;
}
