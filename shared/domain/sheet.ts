/** Sheets (시장 자료): reference data of the broker as tables of typed cells, by group. */
import { z } from 'zod';

/**
 * company 기업 · calendar 권리 일정 · flows 투자자 매매 · trading 회원사와 프로그램 · lending 공매도와 신용 · watch VI와 예상 체결 ·
 * rankings 순위 · indices 업종 지수 · search 조건 검색과 관심 그룹 · news 뉴스, 금리, 휴장일 · etf ETF와 ETN · elw · derivatives 선물과
 * 옵션 · bonds 채권 · overseas 해외
 */
export const SHEET_GROUPS = [
  'company',
  'calendar',
  'flows',
  'trading',
  'lending',
  'watch',
  'rankings',
  'indices',
  'search',
  'news',
  'etf',
  'elw',
  'derivatives',
  'bonds',
  'overseas',
] as const;
export const SheetGroup = z.enum(SHEET_GROUPS);
export type SheetGroup = z.infer<typeof SheetGroup>;

/**
 * What a cell holds. text a text · choice a code with words · date "2026-11-26" · month "2026-11" · time "15:30:00" · issue the
 * code of an issue · price a price, whose 0 means none · change a difference with its sign · won whole won · count a whole number ·
 * percent a percentage · ratio any other figure · flag yes or no
 */
export const SHEET_KINDS = [
  'text',
  'choice',
  'date',
  'month',
  'time',
  'issue',
  'price',
  'change',
  'won',
  'count',
  'percent',
  'ratio',
  'flag',
] as const;
export const SheetKind = z.enum(SHEET_KINDS);
export type SheetKind = z.infer<typeof SheetKind>;

/** null: not known, for a reason that a note of the answer tells; never 0 instead. */
export const SheetCell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SheetCell = z.infer<typeof SheetCell>;

/**
 * gaps left blank by the broker · zero a price of 0, which is none · missing the field did not come · unreadable something else than
 * was expected · drift fields that came and are not known · block the whole block did not come · blank nothing but blanks and zeros
 * came · empty no rows · holiday the day is none of trading · closed no trading at this hour · unit units that no source confirms
 */
export const SHEET_NOTES = [
  'gaps',
  'zero',
  'missing',
  'unreadable',
  'drift',
  'block',
  'blank',
  'empty',
  'holiday',
  'closed',
  'unit',
] as const;
export const SheetNoteKind = z.enum(SHEET_NOTES);
export type SheetNoteKind = z.infer<typeof SheetNoteKind>;

export const SheetNote = z.strictObject({
  kind: SheetNoteKind,
  /** Columns by their Korean names, or fields and blocks by those of the broker. */
  names: z.array(z.string()),
});
export type SheetNote = z.infer<typeof SheetNote>;
