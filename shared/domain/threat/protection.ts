/** A protection (보호 조치): what stands against orders for a while, because of a threat. */
import { z } from 'zod';
import { InstrumentId } from '../instrument.ts';

/**
 * collar 가격 울타리: no market order, no limit far through the market · auction 단일가 모드: no market order before continuous
 * trading · block 주문 막기 · cooling 쉬는 시간: no purchase · freeze 자동 주문 멈춤
 */
export const ProtectionKind = z.enum(['collar', 'auction', 'block', 'cooling', 'freeze']);
export type ProtectionKind = z.infer<typeof ProtectionKind>;

export const Protection = z.strictObject({
  protectionId: z.string(),
  kind: ProtectionKind,
  /** null: of every account, and of every issue. */
  accountId: z.string().nullable(),
  instrumentId: InstrumentId.nullable(),
  /** true: sales pass. */
  buysOnly: z.boolean(),
  /** Wall time. */
  fromTs: z.int(),
  /** null: until its cause is over, or it is taken down by hand. */
  untilTs: z.int().nullable(),
  /** Why it stands, in words. */
  whyKo: z.string(),
  whyEn: z.string(),
});
export type Protection = z.infer<typeof Protection>;
