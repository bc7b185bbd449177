/**
 * 선물옵션 주문체결내역조회 TTTO5201R/VTTO5201R: every order number of a day with its totals.
 *
 *     → STRT_ORD_DT 20261124 · END_ORD_DT 20261124 · SLL_BUY_DVSN_CD 00 · CCLD_NCCS_DVSN 00 · SORT_SQN DS · PDNO "" · STRT_ODNO "" · MKET_ID_CD 00
 *     ← output1 [{ ord_dt 20261124, odno 0000007045, orgn_odno "", sll_buy_dvsn_cd 02, trad_dvsn_name 매수, nmpr_type_cd 01, nmpr_type_name 지정가,
 *       pdno A01612, ord_qty 2, ord_idx 361.05, qty 1, ord_tmd 101502, tot_ccld_qty 1, avg_idx 361.05, tot_ccld_amt 90262500, rjct_qty 0 }]
 *
 * (야간)선물옵션 주문체결내역조회 STTN5201R: the same of the night, with the price in ord_idx4 and the kind by its name only. Its
 * numbers count from the start again, so that they stand in the records with a letter before them (NIGHT_MARK).
 *
 *     → STRT_ORD_DT 20261126 · END_ORD_DT 20261127 · … · FUOP_DVSN_CD 00 · SCRN_DVSN 02
 *
 * A change and a withdrawal have rows of their own with the number they are about in orgn_odno; trad_dvsn_name says which.
 */
import type { OrderType, TimeInForce } from '#shared/domain/index.ts';
import { nightAt, valueUnit, type DerivativeNight } from '#shared/market/index.ts';
import { mulDiv } from '#shared/num/index.ts';
import {
  addDays,
  kstDate,
  MINUTE_MS,
  type EpochMs,
  type SessionDate,
  type TradingCalendar,
} from '#shared/time/index.ts';
import { dateOf, dateText, instantOf, orderNo, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { ListedOrderRow } from '../../joint/index.ts';
import type { KisAnswer, KisCall, KisRow } from '../../ports.ts';
import { points, whole } from './figures.ts';
import { idOfCode, type IsKnown } from './names.ts';

export const DERIVATIVE_CCNL = 'domestic-futureoption.inquire-ccnl';
export const NIGHT_CCNL = 'domestic-futureoption.inquire-ngt-ccnl';

/** Stands before the number of an order of the night: the same number of the day is another order. */
const NIGHT_MARK = 'N';

/** The number under which an order of the night is kept, and back. */
export const nightNo = (no: string): string => `${NIGHT_MARK}${no}`;
export const isNightNo = (no: string): boolean => no.startsWith(NIGHT_MARK);
export const plainNo = (no: string): string => (isNightNo(no) ? no.slice(NIGHT_MARK.length) : no);

/** How far outside of its bounds a night's order may be dated: orders are taken before it begins, and ended after it. */
const AROUND_MS = 60 * MINUTE_MS;

/** NMPR_TYPE_CD. */
const TYPES: Readonly<Record<string, OrderType>> = {
  '01': 'limit',
  '02': 'market',
  '03': 'conditionalLimit',
  '04': 'bestOpposite',
};

/** The same kinds by their names. */
const NAMED: readonly (readonly [string, OrderType])[] = [
  ['조건부', 'conditionalLimit'],
  ['최유리', 'bestOpposite'],
  ['시장가', 'market'],
];

/** The call for all order numbers of a night: it lies on two dates or more, and which of them its rows name is not documented. */
export function nightCcnl(account: AccountFields, { session, startTs }: DerivativeNight): KisCall {
  return {
    api: NIGHT_CCNL,
    lane: 'account',
    params: {
      ...account,
      STRT_ORD_DT: dateText(kstDate(startTs)),
      END_ORD_DT: dateText(session),
      SLL_BUY_DVSN_CD: '00',
      CCLD_NCCS_DVSN: '00',
      SORT_SQN: 'DS',
      STRT_ODNO: '',
      PDNO: '',
      MKET_ID_CD: '',
      FUOP_DVSN_CD: '00',
      SCRN_DVSN: '02',
    },
  };
}

/** The call for all order numbers of a day. */
export function derivativeCcnl(account: AccountFields, date: SessionDate): KisCall {
  const day = dateText(date);
  return {
    api: DERIVATIVE_CCNL,
    lane: 'account',
    params: {
      ...account,
      STRT_ORD_DT: day,
      END_ORD_DT: day,
      SLL_BUY_DVSN_CD: '00',
      CCLD_NCCS_DVSN: '00',
      SORT_SQN: 'DS',
      PDNO: '',
      STRT_ODNO: '',
      MKET_ID_CD: '00',
    },
  };
}

function aboutOf(row: KisRow, originalNo: string): ListedOrderRow['about'] {
  if (originalNo === '') return 'order';
  return /취소/.test(text(row, 'trad_dvsn_name')) ? 'cancel' : 'replace';
}

/** How long it is good, where the name of its kind says so; the code does not. */
function forceOf(row: KisRow): TimeInForce | null {
  const name = text(row, 'nmpr_type_name').toUpperCase();
  if (name.includes('IOC')) return 'ioc';
  return name.includes('FOK') ? 'fok' : null;
}

/** Σ price × quantity in 1/100: from the amount in won where the worth of a point is known, else from the average price. */
function valueOf(row: KisRow, { instrumentId, filledQty }: Pick<ListedOrderRow, 'instrumentId' | 'filledQty'>): number {
  const unit = valueUnit(instrumentId);
  const told = whole(row, 'tot_ccld_amt');
  const average = points(row, 'avg_idx') * filledQty;
  if (unit === null || told === 0) return average;
  const value = mulDiv(told, unit.den, unit.num, 'halfUp');
  // An amount in thousands, or of another worth a point, would be no such sum: the average price is exact to half a hundredth.
  return Math.abs(value - average) <= filledQty ? value : average;
}

function typeOf(row: KisRow): OrderType {
  const name = text(row, 'nmpr_type_name');
  return TYPES[text(row, 'nmpr_type_cd')] ?? NAMED.find(([word]) => name.includes(word))?.[1] ?? 'limit';
}

/** What a row says, under a date of its session and its number in the records. */
function orderRowOf(
  row: KisRow,
  as: {
    readonly date: SessionDate;
    readonly no: string;
    readonly originalNo: string;
    readonly receivedTs: EpochMs | null;
    readonly isKnown: IsKnown;
  },
): ListedOrderRow {
  const { date, no, originalNo, receivedTs, isKnown } = as;
  const instrumentId = idOfCode(text(row, 'pdno'), isKnown);
  const filledQty = whole(row, 'tot_ccld_qty');
  return {
    date,
    no,
    originalNo,
    about: aboutOf(row, originalNo),
    instrumentId,
    side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
    kind: { type: typeOf(row), timeInForce: forceOf(row) },
    session: isNightNo(no) ? 'night' : 'regular',
    quantity: whole(row, 'ord_qty'),
    price: points(row, 'ord_idx') || points(row, 'ord_idx4'),
    filledQty,
    filledValue: valueOf(row, { instrumentId, filledQty }),
    restQty: whole(row, 'qty'),
    rejected: whole(row, 'rjct_qty') > 0,
    receivedTs,
  };
}

/** The order numbers of one page. Throws KIS_ANSWER_BAD for a row whose contract cannot be named. */
export function derivativeOrderRows(
  answer: KisAnswer,
  asked: SessionDate,
  isKnown: IsKnown,
): readonly ListedOrderRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const no = orderNo(text(row, 'odno'));
    if (no === '') return [];
    const date = dateOf(text(row, 'ord_dt')) ?? asked;
    const originalNo = orderNo(text(row, 'orgn_odno'));
    return orderRowOf(row, { date, no, originalNo, receivedTs: instantOf(date, text(row, 'ord_tmd')), isKnown });
  });
}

/** When in the night a row was received; null: it is of another night. */
function instantInNight(
  row: KisRow,
  {
    night,
    now,
    calendar,
  }: { readonly night: DerivativeNight; readonly now: EpochMs; readonly calendar: TradingCalendar },
): EpochMs | null {
  const [date, time] = [dateOf(text(row, 'ord_dt')), text(row, 'ord_tmd')];
  const told = date && instantOf(date, time);
  if (told === null) return night.startTs;
  if (told >= night.startTs - AROUND_MS && told < night.endTs + AROUND_MS) return told;
  // A date that the clock has not reached, or on which there is no night, can only be that of the session.
  const isSession = date === night.session && (told > now + MINUTE_MS || nightAt(calendar, told) === null);
  if (!isSession) return null;
  const evening = kstDate(night.startTs);
  const inEvening = instantOf(evening, time);
  return inEvening !== null && inEvening >= night.startTs - AROUND_MS
    ? inEvening
    : instantOf(addDays(evening, 1), time);
}

/** The order numbers of a night on one page, under the date of the session that the night belongs to. */
export function nightOrderRows(
  answer: KisAnswer,
  at: { readonly night: DerivativeNight; readonly now: EpochMs; readonly calendar: TradingCalendar },
  isKnown: IsKnown,
): readonly ListedOrderRow[] {
  return rowsOf(answer, 'output1').flatMap((row) => {
    const told = orderNo(text(row, 'odno'));
    const receivedTs = told === '' ? null : instantInNight(row, at);
    if (receivedTs === null) return [];
    const original = orderNo(text(row, 'orgn_odno'));
    const numbers = { no: nightNo(told), originalNo: original === '' ? '' : nightNo(original) };
    return orderRowOf(row, { date: at.night.session, ...numbers, receivedTs, isKnown });
  });
}
