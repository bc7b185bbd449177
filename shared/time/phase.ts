/** Parts of a trading day (장운영구분). */

/**
 * closed 장 마감 · preOpen 장 시작 전 · openAuction 시가 단일가 · continuous 정규장 · closeAuction 종가 단일가 ·
 * postClose 시간외 종가 · halted 매매거래정지 · viAuction 변동성완화장치 단일가 · afterMarket 애프터마켓
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
] as const;
export type Phase = (typeof PHASES)[number];

/** True where orders are collected and matched at one price. */
export function isAuction(phase: Phase): boolean {
  return phase === 'openAuction' || phase === 'closeAuction' || phase === 'viAuction';
}
