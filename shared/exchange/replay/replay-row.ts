/** A recorded day of one issue: what is read from it, what is refused, and how the issue is listed for it. */
import type { Market } from '../../domain/index.ts';
import { AppError } from '../../errors/index.ts';
import {
  isOnTick,
  priceLimits,
  roundToTick,
  tickAt,
  tickTable,
  type PriceLimits,
  type Product,
} from '../../market/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { leastVolume } from './replay-plan.ts';
import type { ListedIssue } from '../types.ts';

/** Prices and value in won, volume in shares. `base` is the close less the change. */
export interface ReplayRow {
  readonly code: string;
  readonly market: Market;
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
  readonly base: number;
  readonly listedShares: number | null;
  /** stock if absent. */
  readonly product?: Product;
}

/** Most a day can trade of the listed shares; the record so far is some twenty times. */
const MOST_TURNOVER = 1_000;

/** Throws REPLAY_SUSPENDED where nothing was traded, REPLAY_ROW_BAD with the reason where the row cannot be true. */
export function checkReplayRow(row: ReplayRow): void {
  const { code, date } = row;
  const bad = (why: string): AppError => new AppError('REPLAY_ROW_BAD', { code, date, why });
  const figures = [row.open, row.high, row.low, row.close, row.base, row.volume];
  if (figures.some((n) => !Number.isSafeInteger(n) || n < 0)) throw bad('가격과 거래량은 0 이상의 정수여야 합니다.');
  if (row.volume === 0) throw new AppError('REPLAY_SUSPENDED', { code, date });
  if (row.open === 0 || row.high === 0 || row.low === 0 || row.close === 0) {
    throw bad('거래량은 있는데 가격이 0원입니다.');
  }
  const { listedShares } = row;
  if (
    !Number.isSafeInteger(row.volume * row.high) ||
    (listedShares !== null && row.volume > MOST_TURNOVER * listedShares)
  ) {
    throw bad('거래량이 상장주식수에 비해 너무 많습니다.');
  }
  if (row.base === 0) throw bad('전일 종가를 알 수 없습니다.');
  if (row.low > Math.min(row.open, row.close) || row.high < Math.max(row.open, row.close)) {
    throw bad('고가와 저가 사이에 시가와 종가가 있지 않습니다.');
  }
  const table = tickTable(row.market, date, row.product);
  const off = [row.open, row.high, row.low, row.close].find((price) => !isOnTick(table, price));
  if (off !== undefined) throw bad(`${off}원은 호가 단위 ${tickAt(table, off)}원에 맞지 않습니다.`);
  const high = row.high === row.low ? 0 : 2;
  const step = (price: number): number => (price === row.low ? 0 : price === row.high ? high : 1);
  const least = leastVolume({ open: step(row.open), close: step(row.close), high });
  if (row.volume < least) throw bad(`시가·고가·저가·종가를 만들려면 ${least}주가 있어야 합니다.`);
}

/**
 * The issue as it was listed that day. Where a price lies outside the ordinary limits, the day had other ones: those of
 * a first listing if they hold the day, else none (liquidation, resumption after a long halt).
 * @source krx-rules §2 (new listing, relisting, liquidation)
 */
export function replayIssue(row: ReplayRow): ListedIssue {
  checkReplayRow(row);
  const { code, market, date, base, product = 'stock' } = row;
  const issue: ListedIssue = { code, market, product, basePrice: base, lotSize: 1, listedShares: row.listedShares };
  const holds = (limits: PriceLimits): boolean => row.low >= limits.lower && row.high <= limits.upper;
  if (holds(priceLimits({ market, date, basePrice: base, product }))) return issue;
  const firstDay = priceLimits({ market, date, basePrice: base, newListing: true });
  if (holds(firstDay)) return { ...issue, limits: { ...firstDay, reason: '신규 상장일(기준가의 60~400%)' } };
  const table = tickTable(market, date, product);
  const upper = roundToTick(table, Math.max(base, row.high) * 2, 'down');
  const lower = roundToTick(table, row.low / 2, 'up');
  return { ...issue, limits: { upper, lower, reason: '가격제한폭이 없는 날(정리매매, 거래 재개)' } };
}
