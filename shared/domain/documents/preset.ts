/** Order presets (주문 기본값): what a press in the ladder does, what guards against a slip, and what a ticket starts with. Kept for all issues, for a market and for one issue; the nearer level wins, field by field. */
import { z } from 'zod';
import { OrderType, Route } from '../order.ts';

/** What a press in the ladder does: take the price, send at once, move the nearest own order, cancel at the price. */
export const LADDER_ACTS = ['price', 'send', 'move', 'cancel'] as const;
export const LadderAct = z.enum(LADDER_ACTS);
export type LadderAct = z.infer<typeof LadderAct>;

const LADDER = {
  act: LadderAct,
  by: z.enum(['single', 'double']),
  /** Units of an order sent at once. */
  quantity: z.int().min(1).max(1_000_000_000),
  /** Limits of the guard against a slip. */
  maxQuantity: z.int().min(1).max(1_000_000_000),
  /** Smallest unit of the currency of the issue: won, or ten-thousandths of a dollar. */
  maxAmount: z.int().min(1).max(1_000_000_000_000_000),
  /** Ticks from the last price. */
  maxTicks: z.int().min(1).max(10_000),
  /** What happens beyond them. */
  over: z.enum(['refuse', 'ask']),
} as const;

/** The settings in force, each with what holds where no level says anything. */
export const LadderSettings = z.strictObject({
  act: LADDER.act.default('price'),
  by: LADDER.by.default('single'),
  quantity: LADDER.quantity.default(1),
  maxQuantity: LADDER.maxQuantity.default(500),
  maxAmount: LADDER.maxAmount.default(10_000_000),
  maxTicks: LADDER.maxTicks.default(3),
  over: LADDER.over.default('refuse'),
});
export type LadderSettings = z.infer<typeof LadderSettings>;

/** What one level says of the ladder; what it leaves out is said by the level above. */
export const LadderPreset = z.strictObject(LADDER).partial();
export type LadderPreset = z.infer<typeof LadderPreset>;

/** What an empty ticket starts with. */
export const TicketPreset = z
  .strictObject({
    /** Units. */
    quantity: z.int().min(1).max(1_000_000_000),
    type: OrderType.extract(['limit', 'market']),
    route: Route,
  })
  .partial();
export type TicketPreset = z.infer<typeof TicketPreset>;

/** What one level says; every part may be missing. */
export const OrderPreset = z.strictObject({ ladder: LadderPreset, ticket: TicketPreset }).partial();
export type OrderPreset = z.infer<typeof OrderPreset>;

/** From the widest to the nearest. */
export const PRESET_LEVELS = ['global', 'market', 'issue'] as const;
export type PresetLevel = (typeof PRESET_LEVELS)[number];

/** What each level says, where it says anything. */
export type PresetChain = Readonly<Partial<Record<PresetLevel, OrderPreset | null>>>;

/**
 * A part of the presets as it holds at a level: of each field, the value of the nearest level up to that one, and which
 * level it comes from. A field that no level names is in neither.
 */
export function presetAt<Part extends keyof OrderPreset>(
  chain: PresetChain,
  part: Part,
  level: PresetLevel = 'issue',
): {
  readonly values: NonNullable<OrderPreset[Part]>;
  readonly from: Readonly<Partial<Record<keyof NonNullable<OrderPreset[Part]>, PresetLevel>>>;
} {
  const values: Record<string, unknown> = {};
  const from: Record<string, PresetLevel> = {};
  for (const each of PRESET_LEVELS.slice(0, PRESET_LEVELS.indexOf(level) + 1)) {
    for (const [field, value] of Object.entries(chain[each]?.[part] ?? {})) {
      if (value === undefined) continue;
      values[field] = value;
      from[field] = each;
    }
  }
  return { values: values, from: from as never };
}

/** The preset of a level with some fields of a part changed and everything else kept; `undefined` takes a field out. */
export function changedPreset<Part extends keyof OrderPreset>(
  body: OrderPreset | null | undefined,
  part: Part,
  change: {
    readonly [Field in keyof NonNullable<OrderPreset[Part]>]?: NonNullable<OrderPreset[Part]>[Field] | undefined;
  },
): OrderPreset {
  const fields = Object.entries({ ...body?.[part], ...change }).filter(([, value]) => value !== undefined);
  return { ...body, [part]: Object.fromEntries(fields) };
}
