/** Records of foreign trades, order books and order notices. */
import type { OverseasExchangeCode } from '#shared/market/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import { ABROAD_BRANCH, abroadCancelNo } from '../overseas/abroad-account.ts';
import { keyOf, abroadLevels } from '../overseas/abroad-quotes.ts';
import type { AbroadIssue } from '../overseas/abroad-issues.ts';
import type { AbroadMarket } from '../overseas/abroad-market.ts';
import type { AbroadNotice, AbroadOrder, AbroadTrade } from '../overseas/abroad-terms.ts';
import { koreanStamp } from '../overseas/abroad-text.ts';
import { percent, ratio, signOf, timeText, zeroed } from '../server-text.ts';
import type { Ground } from '../ground.ts';
import type { Row } from '../shape.ts';

function stamps(market: AbroadMarket, at: EpochMs): Row {
  const [local, korean] = [market.stamp(at), koreanStamp(at)];
  return { TYMD: local.date, XYMD: local.date, XHMS: local.time, KYMD: korean.date, KHMS: korean.time };
}

/** 해외주식 실시간지연체결가 (HDFSCNT0); `key` as it was registered. */
export function abroadTradeRow(market: AbroadMarket, issue: AbroadIssue, trade: AbroadTrade, key: string): Row {
  const base = market.base(issue);
  const view = market.view(issue);
  const [bid] = market.depth(issue, 'buy');
  const [ask] = market.depth(issue, 'sell');
  return {
    RSYM: key,
    SYMB: issue.symbol,
    ZDIV: market.facts.priceScale,
    ...stamps(market, trade.ts),
    OPEN: market.text(view?.open || trade.price),
    HIGH: market.text(view?.high || trade.price),
    LOW: market.text(view?.low || trade.price),
    LAST: market.text(trade.price),
    SIGN: signOf(trade.price, base),
    DIFF: market.text(Math.abs(trade.price - base)),
    RATE: percent(trade.price, base),
    PBID: market.text(bid?.price ?? 0),
    PASK: market.text(ask?.price ?? 0),
    VBID: bid?.qty ?? 0,
    VASK: ask?.qty ?? 0,
    EVOL: trade.quantity,
    TVOL: trade.volume,
    TAMT: Math.round(market.whole(market.value(issue))),
    BIVL: trade.side === 'sell' ? trade.quantity : 0,
    ASVL: trade.side === 'buy' ? trade.quantity : 0,
    STRN: ratio(100, 1),
    // 1 regular · 2 before the open · 3 after the close
    MTYP: market.phase === 'preMarket' ? 2 : market.phase === 'afterMarket' ? 3 : 1,
  };
}

/** 해외주식 실시간호가 (HDFSASP0) with ten levels, and 지연호가(아시아) (HDFSASP1) with one, whose columns are in small letters. */
export function abroadBookRow(
  market: AbroadMarket,
  issue: AbroadIssue,
  book: { readonly key: string; readonly at: EpochMs },
): Row {
  const isAsia = market.facts.market !== 'US';
  const name = (text: string): string => (isAsia ? text.toLowerCase() : text.toUpperCase());
  const head = { SYMB: issue.symbol, ZDIV: market.facts.priceScale, ...stamps(market, book.at) };
  const named = Object.fromEntries(Object.entries(head).map(([key, value]) => [name(key), value]));
  return { RSYM: book.key, ...named, ...abroadLevels(market, issue, name) };
}

/** ODER_KIND2 by order code. @source catalogue values */
const KIND: Readonly<Record<string, string>> = { '00': '2', '31': 'A', '32': 'B', '33': 'C', '34': 'D' };
/** ODER_COND by exchange. @source catalogue values */
const EXCHANGE: Readonly<Record<OverseasExchangeCode, string>> = {
  NASD: '6',
  NYSE: '7',
  AMEX: '8',
  SEHK: '4',
  TKSE: 'D',
  SHAA: 'A',
  SZAA: 'A',
  HASE: 'E',
  VNSE: 'F',
};

interface Said {
  readonly no: string;
  readonly original: string;
  readonly change: 0 | 1 | 2;
  readonly quantity: number;
  readonly price: number;
  readonly filled: boolean;
  readonly accepted: 1 | 2;
}

function row(ground: Ground, order: AbroadOrder, said: Said, at: EpochMs): Row {
  return {
    CUST_ID: ground.facts.htsId,
    ACNT_NO: ground.facts.account.replace('-', ''),
    ODER_NO: said.no,
    OODER_NO: said.original,
    SELN_BYOV_CLS: order.side === 'sell' ? '01' : '02',
    RCTF_CLS: said.change,
    ODER_KIND2: KIND[order.orderCode] ?? '2',
    STCK_SHRN_ISCD: order.issue.symbol,
    CNTG_QTY: zeroed(said.quantity, 10),
    // The market's decimal places without their point.
    CNTG_UNPR: zeroed(said.price, 9),
    STCK_CNTG_HOUR: timeText(at),
    RFUS_YN: 0,
    CNTG_YN: said.filled ? 2 : 1,
    ACPT_YN: said.accepted,
    BRNC_NO: ABROAD_BRANCH,
    ODER_QTY: zeroed(order.quantity, 9),
    ACNT_NAME: '모의고객',
    CNTG_ISNM: order.issue.nameKo,
    ODER_COND: EXCHANGE[order.issue.exchange],
    DEBT_GB: '10',
    DEBT_DATE: '',
    START_TM: '',
    END_TM: '',
    TM_DIV_TP: '',
    CNTG_UNPR12: zeroed(said.price, 12),
  };
}

/** The records of a notice: one, or receipt and confirmation of a change. */
export function abroadNoticeRows(ground: Ground, notice: AbroadNotice, at: EpochMs): Row[] {
  const { order } = notice;
  const own = { no: order.no, original: order.original, quantity: order.quantity, price: order.price };
  switch (notice.kind) {
    case 'accepted':
      return [row(ground, order, { ...own, change: 0, filled: false, accepted: 1 }, at)];
    case 'replaced':
      return ([1, 2] as const).map((accepted) =>
        row(ground, order, { ...own, change: 1, filled: false, accepted }, at),
      );
    case 'canceled': {
      const said = {
        ...own,
        no: abroadCancelNo(order.no),
        original: order.no,
        quantity: notice.quantity,
        change: 2,
      } as const;
      return ([1, 2] as const).map((accepted) => row(ground, order, { ...said, filled: false, accepted }, at));
    }
    case 'fill': {
      const said = { ...own, original: '', quantity: notice.quantity, price: notice.price, change: 0 } as const;
      return [row(ground, order, { ...said, filled: true, accepted: 2 }, at)];
    }
  }
}

/** Whether a key names an issue: "DNASAAPL". */
export const isKeyOf = (key: string, issue: AbroadIssue): boolean =>
  key.slice(1) === keyOf(issue).slice(1) || key === keyOf(issue);
