/** A price alert (가격 알림): told when a trade reaches a price, in the market it was set in. */
import { z } from 'zod';
import { InstrumentId } from '../instrument.ts';

/** Prices of the simulation say nothing of the real market, nor the reverse. */
export const AlertMarket = z.enum(['simulated', 'real']);
export type AlertMarket = z.infer<typeof AlertMarket>;

export const PriceAlert = z.strictObject({
  instrumentId: InstrumentId,
  market: AlertMarket,
  when: z.enum(['atOrAbove', 'atOrBelow']),
  /** In the price unit. */
  price: z.int().positive(),
  note: z.string().max(100),
  /** true: told again each time the price comes back to it; false: once. */
  repeats: z.boolean(),
  state: z.enum(['armed', 'fired']),
  /** When it was told last, wall time; null: never. */
  firedTs: z.int().nullable(),
});
export type PriceAlert = z.infer<typeof PriceAlert>;
