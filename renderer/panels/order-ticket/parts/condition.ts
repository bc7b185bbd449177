/** Reads the condition of a ticket into what Maru is to keep: one leg, two that end each other, or the protection of an entry. Pure. */
import { priceUnitOf, type MandateTerms, type Side } from '#shared/domain/index.ts';
import { roundToTick, type TickTable } from '#shared/market/index.ts';
import { addDays, sessionDate } from '#shared/time/index.ts';
import type { DraftState } from '../../../store/draft.ts';
import type { DraftOrder } from '../../../store/on-the-way.ts';
import type { TextKey } from '../../../text/index.ts';
import { readEntry } from './entry.ts';

export type ConditionFields = Pick<
  DraftState,
  'mode' | 'belowText' | 'aboveText' | 'trailing' | 'sendsAs' | 'lasts' | 'side'
>;

export interface ConditionFacts {
  readonly accountId: string | null;
  readonly instrumentId: string;
  readonly route: DraftOrder['route'];
  readonly quantity: number | null;
  /** The order that is sent now and protected; null while it is not complete, and of a condition alone. */
  readonly entry: DraftOrder | null;
  /** What percents are of: the price of the entry, or the last one. In the price unit. */
  readonly reference: number | null;
  readonly table: TickTable | null;
  /** The market's day; null while no quote has come. */
  readonly today: string | null;
}

export interface Condition {
  readonly entry: DraftOrder | null;
  readonly legs: readonly MandateTerms[];
}

export type ConditionRead =
  { readonly ok: true; readonly condition: Condition } | { readonly ok: false; readonly why: TextKey };

/** Calendar days that a condition stands beyond today. */
const DAYS = { day: 0, week: 7, month: 28 } as const;
const PERCENT = /^([+\-−–]?)\s*(\d{1,3}(?:\.\d{1,2})?)\s*%$/u;
const PPB_PER_PERCENT = 10_000_000;

/** Which of the two follows the price when trailing: a sale trails below, a purchase above. */
export function trailingField(side: Side): 'below' | 'above' {
  return side === 'sell' ? 'below' : 'above';
}

/** The side that a condition of the ticket sends on: protection closes what the entry opens. */
export function conditionSide({ mode, side }: Pick<ConditionFields, 'mode' | 'side'>): Side {
  return mode === 'protect' ? (side === 'buy' ? 'sell' : 'buy') : side;
}

type Level = { readonly ok: true; readonly price: number } | { readonly ok: false; readonly why: TextKey };

/** A price, or a percent of the reference put on the tick that is later to be reached. */
function levelOf(text: string, way: 'below' | 'above', facts: ConditionFacts): Level {
  const { reference, table } = facts;
  const match = PERCENT.exec(text.normalize('NFKC').trim());
  if (!match) {
    const entry = readEntry(text, priceUnitOf(facts.instrumentId));
    return entry.ok && entry.value > 0 ? { ok: true, price: entry.value } : { ok: false, why: 'cond.badPrice' };
  }
  const [, sign, digits] = match;
  // A plus below the market, or a minus above it, is a slip and not guessed at.
  if (sign && (sign === '+') !== (way === 'above')) return { ok: false, why: 'cond.badSign' };
  if (reference === null || table === null) return { ok: false, why: 'cond.noReference' };
  const share = Number(digits) / 100;
  const price = roundToTick(
    table,
    Math.round(reference * (way === 'below' ? 1 - share : 1 + share)),
    way === 'below' ? 'down' : 'up',
  );
  return price > 0 ? { ok: true, price } : { ok: false, why: 'cond.badPrice' };
}

type Trigger =
  { readonly ok: true; readonly trigger: MandateTerms['trigger'] } | { readonly ok: false; readonly why: TextKey };

function triggerOf(text: string, way: 'below' | 'above', fields: ConditionFields, facts: ConditionFacts): Trigger {
  if (fields.trailing && way === trailingField(conditionSide(fields))) {
    const match = PERCENT.exec(text.normalize('NFKC').trim());
    if (match) {
      const value = Math.round(Number(match[2]) * PPB_PER_PERCENT);
      if (value < 1_000_000 || value > 300_000_000) return { ok: false, why: 'cond.badDistance' };
      return { ok: true, trigger: { kind: 'trailing', distance: { by: 'rate', value } } };
    }
    const entry = readEntry(text, priceUnitOf(facts.instrumentId));
    if (!entry.ok || entry.value <= 0) return { ok: false, why: 'cond.badDistance' };
    return { ok: true, trigger: { kind: 'trailing', distance: { by: 'amount', value: entry.value } } };
  }
  const level = levelOf(text, way, facts);
  if (!level.ok) return level;
  const { reference } = facts;
  // What is reached already would be sent at once: that is another order than the one meant.
  if (reference !== null && (way === 'below' ? level.price >= reference : level.price <= reference))
    return { ok: false, why: way === 'below' ? 'cond.notBelow' : 'cond.notAbove' };
  return {
    ok: true,
    trigger: { kind: 'price', when: way === 'below' ? 'atOrBelow' : 'atOrAbove', price: level.price },
  };
}

/** What Maru is to keep, or what is still missing. Only of a ticket whose mode is not `now`. */
export function readCondition(fields: ConditionFields, facts: ConditionFacts): ConditionRead {
  const { accountId, instrumentId, route, quantity, entry, today } = facts;
  if (fields.mode === 'protect' && fields.side === 'sell') return { ok: false, why: 'cond.protectsBuys' };
  if (quantity === null) return { ok: false, why: 'ticket.needQuantity' };
  if (accountId === null || today === null || (fields.mode === 'protect' && entry === null))
    return { ok: false, why: 'cond.notYet' };
  const side = conditionSide(fields);
  const legs: MandateTerms[] = [];
  for (const way of ['below', 'above'] as const) {
    const text = way === 'below' ? fields.belowText : fields.aboveText;
    if (text.trim() === '') continue;
    const read = triggerOf(text, way, fields, facts);
    if (!read.ok) return read;
    const { trigger } = read;
    const limit = fields.sendsAs === 'limit';
    if (limit && trigger.kind !== 'price') return { ok: false, why: 'cond.trailsAtMarket' };
    legs.push({
      accountId,
      instrumentId,
      side,
      trigger,
      type: limit ? 'limit' : 'market',
      price: limit && trigger.kind === 'price' ? trigger.price : null,
      quantity,
      route,
      expires: addDays(sessionDate(today), DAYS[fields.lasts]),
    });
  }
  if (legs.length === 0) return { ok: false, why: 'cond.none' };
  return { ok: true, condition: { entry: fields.mode === 'protect' ? entry : null, legs } };
}
