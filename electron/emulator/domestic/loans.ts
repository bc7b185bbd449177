/** Credit of the share account: kinds of order by their code, the loans that stand, and what may be bought on one. */
import { isPriced, type OrderCredit } from '#shared/domain/index.ts';
import { creditOrderOf, LOAN_RULE, orderKindOf, ownPart } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import type { ExchangeOrderRequest } from '../../simulator/index.ts';
import { idOf, type Call, type Ground, type Reply } from '../ground.ts';
import { ASKED } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf } from '../server-text.ts';
import { booksOf, type Held } from './holdings.ts';

/** 매매구분명 of a holding or a trade. */
export function tradeKind({ loan }: Pick<Held, 'loan'>): string {
  if (!loan) return '현금';
  return loan.money === 'house' ? '자기융자' : '유통융자';
}

/** What CRDT_TYPE and LOAN_DT say. Throws for short sales, which this server does not lend for, and for what contradicts itself. */
export function creditOf(call: Call): OrderCredit {
  const kind = creditOrderOf(call.params.needed('CRDT_TYPE'));
  const date = isoOf(call.params.needed('LOAN_DT'));
  if (!kind || kind.side !== call.select['side']) throw new Refused('APBK0501', '신용유형을 확인하십시오.');
  if (kind.act !== 'loanOpen' && kind.act !== 'loanClose')
    throw new Refused('APBK1664', '이 서버는 대주 주문을 지원하지 않습니다.');
  if (!isSessionDate(date)) throw new Refused('APBK0501', '대출일자를 확인하십시오.');
  if (kind.act === 'loanClose') return { act: kind.act, money: kind.money, loanDate: date };
  // A loan is of the day on which it is made, whatever day a purchase names.
  return { act: kind.act, money: kind.money, loanDate: null };
}

/** Units of open sales of a holding. */
function waiting(ground: Ground, held: Held): number {
  return ground.simulator
    .openOrders(ground.accountId)
    .filter(({ instrumentId, side }) => instrumentId === held.instrumentId && side === 'sell')
    .filter(({ credit }) =>
      held.loan ? credit?.loanDate === held.loan.date && credit.money === held.loan.money : credit === undefined,
    )
    .reduce((sum, { quantity, filledQty }) => sum + quantity - filledQty, 0);
}

/** Units of a holding that may be sold; `byLoan` false: of the issue in all. */
export function sellableOf(ground: Ground, held: Held, byLoan: boolean): number {
  const { instrumentId } = held;
  if (byLoan) return Math.max(0, held.quantity - waiting(ground, held));
  return ground.simulator
    .holdings(ground.accountId)
    .filter((each) => each.instrumentId === instrumentId && each.kind !== 'short')
    .reduce((sum, { sellable }) => sum + sellable, 0);
}

/** A sale needs the units of the loan that it names. Throws EXCH_SELLABLE. */
export function checkLoan(ground: Ground, { instrumentId, quantity, credit }: ExchangeOrderRequest): void {
  if (credit?.act !== 'loanClose') return;
  const lot = booksOf(ground).held.find(
    ({ instrumentId: id, loan }) =>
      id === instrumentId && loan?.date === credit.loanDate && loan.money === credit.money,
  );
  if (!lot || quantity > sellableOf(ground, lot, true)) throw orderRefused('EXCH_SELLABLE', ground.facts.env);
}

/** 신용매수가능조회: what the own part leaves room for at the price, or at the upper limit. */
export function creditBuyable(call: Call, ground: Ground): Reply {
  const { params } = call;
  const id = idOf(params.needed('PDNO'));
  const view = ground.simulator.issue(id);
  if (!view) throw orderRefused('EXCH_UNKNOWN_ISSUE', ground.facts.env);
  const kind = orderKindOf(params.text('ORD_DVSN') || '00');
  const asked = Number(params.text('ORD_UNPR') || '0');
  const price = kind !== null && isPriced(kind.type) && asked > 0 ? Math.floor(asked) : view.upperLimit;
  const { buyingPowerKrw } = ground.simulator.account(ground.accountId);
  const { paid, held } = ground.inBonds();
  const cash = Math.max(0, buyingPowerKrw - paid - held);
  // A thousandth is left for the commission.
  let quantity = Math.floor((cash * 0.999 * 100) / LOAN_RULE.ownPercent / price);
  while (quantity > 0 && ownPart(krw(quantity * price)) > cash) quantity -= 1;
  const output = {
    ord_psbl_cash: cash,
    psbl_qty_calc_unpr: price,
    nrcvb_buy_amt: quantity * price,
    nrcvb_buy_qty: quantity,
    max_buy_amt: quantity * price,
    max_buy_qty: quantity,
  };
  return { blocks: { output }, said: ASKED };
}
