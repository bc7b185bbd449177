/** A story told to the participants of a synthetic market: what happens on its days, as plain numbers. Made from a scenario. */
import { z } from 'zod';
import { IsoDate } from './instrument.ts';

const Code = z.string().regex(/^[0-9A-Z]{6}$/);
/** Milliseconds since midnight in Korea. */
const TimeOfDay = z.int().min(0).max(86_400_000);
/** Part of the previous close; −0.3: thirty percent down. */
const Fraction = z.number().min(-0.99).max(5);
const Factor = z.number().min(0.01).max(100);
const MarketName = z.enum(['KOSPI', 'KOSDAQ']);

/** What a part of a story is about: an issue by its code, a market, or everything. */
export const StoryTarget = z.union([MarketName, z.literal('all'), Code]);
export type StoryTarget = z.infer<typeof StoryTarget>;

const span = { fromMs: TimeOfDay, toMs: TimeOfDay };
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(2_000).default([]);

/** A point of an index path; between two the path is straight. */
export const StoryPoint = z.tuple([TimeOfDay, Fraction]);

export const StoryDay = z.strictObject({
  /** The way of an index from the previous close; where there is one, breakers are judged by it and issues follow it. */
  indices: z.strictObject({ KOSPI: list(StoryPoint), KOSDAQ: list(StoryPoint) }).prefault({}),
  /** Prices go so far between the instants and stay there; both before the open: a gap. */
  moves: list(z.strictObject({ ...span, target: StoryTarget, by: Fraction })),
  volatility: list(z.strictObject({ ...span, target: StoryTarget, factor: Factor })),
  liquidity: list(z.strictObject({ ...span, target: StoryTarget, factor: Factor })),
  /** Nobody quotes this side. */
  oneSided: list(z.strictObject({ ...span, code: Code, side: z.enum(['buy', 'sell']) })),
  /** The price stands at its daily limit, and nobody takes the other side. */
  locks: list(z.strictObject({ ...span, code: Code, side: z.enum(['upper', 'lower']) })),
  /** NXT trades so far from KRX, and nobody brings both in line. */
  splits: list(z.strictObject({ ...span, code: Code, by: Fraction })),
  /** `toMs` null: until the end of the day. */
  halts: list(
    z.strictObject({ fromMs: TimeOfDay, toMs: TimeOfDay.nullable(), code: Code, reason: z.string().max(100) }),
  ),
  /** The index is held beyond a threshold, and the index futures likewise. */
  heldIndices: list(z.strictObject({ ...span, market: MarketName, at: Fraction })),
  heldFutures: list(z.strictObject({ ...span, market: MarketName, at: Fraction })),
});
export type StoryDay = z.infer<typeof StoryDay>;

export const MarketStory = z.strictObject({
  /** Shown where the market plays it. */
  title: z.string().max(80),
  /** The day on which it begins; the first that is played if absent. Later days remember it. */
  from: IsoDate.optional(),
  days: z.array(StoryDay).min(1).max(20),
  /** Sensitivity of an issue to its index; its usual one if absent. */
  betas: z.record(Code, z.number().min(-3).max(5)).default({}),
  /** How lively and how deep everything is. */
  volatility: Factor.default(1),
  liquidity: Factor.default(1),
});
export type MarketStory = z.infer<typeof MarketStory>;
