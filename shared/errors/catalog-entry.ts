/** What an error code stands for, and short ways to write one. */

/** input malformed · denied by our guard · refused by broker or exchange · unknown outcome · unavailable · bug */
export type ErrorFamily = 'input' | 'denied' | 'refused' | 'unknown' | 'unavailable' | 'bug';

export interface CatalogEntry {
  readonly family: ErrorFamily;
  readonly ko: string;
  readonly action: string;
}

/** A malformed request. */
export const input = (ko: string, action: string): CatalogEntry => ({ family: 'input', ko, action });
/** Our guard said no. */
export const denied = (ko: string, action: string): CatalogEntry => ({ family: 'denied', ko, action });
/** The broker or the exchange said no. */
export const refused = (ko: string, action: string): CatalogEntry => ({ family: 'refused', ko, action });
/** Nobody knows what became of it. */
export const unknownOutcome = (ko: string, action: string): CatalogEntry => ({ family: 'unknown', ko, action });
/** The link, the login or the rate stands in the way. */
export const unavailable = (ko: string, action: string): CatalogEntry => ({ family: 'unavailable', ko, action });

/** A broken invariant of trading: it halts. */
export const halting = (ko: string): CatalogEntry => ({
  family: 'bug',
  ko: `${ko} 매매를 멈췄습니다.`,
  action: '증권사 화면의 주문과 잔고를 Maru와 대조하세요.',
});
