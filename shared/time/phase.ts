/** Parts of a trading day (장운영구분). */

/**
 * closed 장 마감 · preOpen 장 시작 전 · openAuction 시가 단일가 · continuous 정규장 · closeAuction 종가 단일가 ·
 * postClose 장후 시간외 종가(15:30 접수, 15:40 체결) · halted 매매거래정지 · viAuction 변동성완화장치 단일가 · afterMarket 애프터마켓 ·
 * reopenAuction 재개 단일가 · periodicAuction 30분 단일가 · offHours 시간외 단일가(2026-09-13까지) · preMarket NXT 프리마켓 ·
 * break NXT 휴장 · afterAuction NXT 애프터마켓 시작 단일가 · night 파생상품 야간장. Append only: the hash of a run counts by place.
 */
export const PHASES = [
  'closed',
  'preOpen',
  'openAuction',
  'continuous',
  'closeAuction',
  'postClose',
  'halted',
  'viAuction',
  'afterMarket',
  'reopenAuction',
  'periodicAuction',
  'offHours',
  'preMarket',
  'break',
  'afterAuction',
  'night',
] as const;

export type Phase = (typeof PHASES)[number];

const AUCTIONS: ReadonlySet<Phase> = new Set([
  'openAuction',
  'closeAuction',
  'viAuction',
  'reopenAuction',
  'periodicAuction',
  'offHours',
  'afterAuction',
]);

/** True where orders are collected and matched at one price. */
export function isAuction(phase: Phase): boolean {
  return AUCTIONS.has(phase);
}

/** True where orders trade as they come (접속매매). */
export function isContinuous(phase: Phase): boolean {
  return phase === 'continuous' || phase === 'afterMarket' || phase === 'preMarket' || phase === 'night';
}

const SHUT: ReadonlySet<Phase> = new Set(['closed', 'preOpen', 'break', 'halted']);

/** True where a venue takes new orders of some kind. */
export function takesOrders(phase: Phase): boolean {
  return !SHUT.has(phase);
}
