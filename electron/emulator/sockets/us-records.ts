/** Records of American trades, order books and order notices. */
import type { EpochMs } from '#shared/time/index.ts';
import { US_BRANCH, usCancelNo } from '../overseas/us-account.ts';
import { keyOf, usLevels } from '../overseas/us-quotes.ts';
import type { UsIssue } from '../overseas/us-issues.ts';
import type { UsMarket, UsNotice, UsOrder, UsTrade } from '../overseas/us-market.ts';
import { dollars, koreanStamp, localStamp } from '../overseas/us-text.ts';
import { percent, ratio, signOf, timeText, zeroed } from '../server-text.ts';
import type { Ground } from '../ground.ts';
import type { Row } from '../shape.ts';

function stamps(at: EpochMs): Row {
  const [local, korean] = [localStamp(at), koreanStamp(at)];
  return { TYMD: local.date, XYMD: local.date, XHMS: local.time, KYMD: korean.date, KHMS: korean.time };
}

/** 해외주식 실시간지연체결가 (HDFSCNT0); `key` as it was registered. */
export function usTradeRow(us: UsMarket, issue: UsIssue, trade: UsTrade, key: string): Row {
  const base = us.base(issue);
  const view = us.view(issue);
  const [bid] = us.depth(issue, 'buy');
  const [ask] = us.depth(issue, 'sell');
  return {
    RSYM: key,
    SYMB: issue.symbol,
    ZDIV: 4,
    ...stamps(trade.ts),
    OPEN: dollars(view?.open || trade.price),
    HIGH: dollars(view?.high || trade.price),
    LOW: dollars(view?.low || trade.price),
    LAST: dollars(trade.price),
    SIGN: signOf(trade.price, base),
    DIFF: dollars(Math.abs(trade.price - base)),
    RATE: percent(trade.price, base),
    PBID: dollars(bid?.price ?? 0),
    PASK: dollars(ask?.price ?? 0),
    VBID: bid?.qty ?? 0,
    VASK: ask?.qty ?? 0,
    EVOL: trade.quantity,
    TVOL: trade.volume,
    TAMT: Math.round(us.value(issue) / 10_000),
    BIVL: trade.side === 'sell' ? trade.quantity : 0,
    ASVL: trade.side === 'buy' ? trade.quantity : 0,
    STRN: ratio(100, 1),
    // 1 regular · 2 before the open · 3 after the close
    MTYP: us.phase === 'preMarket' ? 2 : us.phase === 'afterMarket' ? 3 : 1,
  };
}

/** 해외주식 실시간호가 (HDFSASP0): ten levels. */
export function usBookRow(us: UsMarket, issue: UsIssue, book: { readonly key: string; readonly at: EpochMs }): Row {
  return {
    RSYM: book.key,
    SYMB: issue.symbol,
    ZDIV: 4,
    ...stamps(book.at),
    ...usLevels(us, issue, (text) => text.toUpperCase()),
  };
}

/** ODER_KIND2 by order code. @source catalogue values */
const KIND: Readonly<Record<string, string>> = { '00': '2', '31': 'A', '32': 'B', '33': 'C', '34': 'D' };
const EXCHANGE = { NASD: '6', NYSE: '7', AMEX: '8' } as const;

interface Said {
  readonly no: string;
  readonly original: string;
  readonly change: 0 | 1 | 2;
  readonly quantity: number;
  readonly price: number;
  readonly filled: boolean;
  readonly accepted: 1 | 2;
}

function row(ground: Ground, order: UsOrder, said: Said, at: EpochMs): Row {
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
    // Four decimal places without their point.
    CNTG_UNPR: zeroed(said.price, 9),
    STCK_CNTG_HOUR: timeText(at),
    RFUS_YN: 0,
    CNTG_YN: said.filled ? 2 : 1,
    ACPT_YN: said.accepted,
    BRNC_NO: US_BRANCH,
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
export function usNoticeRows(ground: Ground, notice: UsNotice, at: EpochMs): Row[] {
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
        no: usCancelNo(order.no),
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
export const isKeyOf = (key: string, issue: UsIssue): boolean =>
  key.slice(1) === keyOf(issue).slice(1) || key === keyOf(issue);
