/** Symbol masters (종목 마스터): what the broker's files name, by product. */
import { z } from 'zod';

/**
 * stock 주식 · etf · etn · elw · fund 수익증권 · right 신주인수권 · bond 장내채권 · futures, options 국내 선물, 옵션 ·
 * overseasStock, overseasEtp, overseasFutures, overseasOptions 해외 · overseasIndex 해외 지수·환율·금리 · sector 업종 ·
 * theme 테마 · member 회원사. The order is that of the results of a search.
 */
export const MASTER_PRODUCTS = [
  'stock',
  'etf',
  'etn',
  'overseasStock',
  'overseasEtp',
  'futures',
  'options',
  'elw',
  'bond',
  'overseasFutures',
  'overseasOptions',
  'overseasIndex',
  'sector',
  'theme',
  'fund',
  'right',
  'member',
] as const;
export const MasterProduct = z.enum(MASTER_PRODUCTS);
export type MasterProduct = z.infer<typeof MasterProduct>;

/** caution 투자주의 · alert 투자경고 · risk 투자위험 · managed 관리종목 · overheated 단기과열 · liquidation 정리매매 */
export const DesignationName = z.enum(['caution', 'alert', 'risk', 'managed', 'overheated', 'liquidation']);
export type DesignationName = z.infer<typeof DesignationName>;

/** What a symbol master says of a Korean issue on the day of its file; null: the file does not say, never guessed. */
export const MasterFacts = z.strictObject({
  /** Day of the file in Korea, or of its import where the file has none. */
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  designations: z.array(DesignationName),
  /** Whole percent. */
  marginPercent: z.int().min(0).max(100).nullable(),
  /** Whether it may be bought on credit. */
  credit: z.boolean().nullable(),
  sector: z.string().nullable(),
  themes: z.array(z.string()),
});
export type MasterFacts = z.infer<typeof MasterFacts>;
