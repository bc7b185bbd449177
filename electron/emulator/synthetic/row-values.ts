/** The values of one made-up record: its prices hang together, everything else is drawn field by field. */
import { Rng } from '#shared/rng/index.ts';
import type { KisApi, ResponseField } from '../../catalogue/index.ts';
import { fieldFacts, type FieldFacts } from './field-kind.ts';
import { issuesOf, MEMBERS, type NamedIssue } from './names.ts';

/** What a record is made from. */
export interface RowPlan {
  readonly api: KisApi;
  /** Equal seeds make equal records. */
  readonly seed: string;
  /** Equal price seeds trade around the same price; the seed itself if absent. */
  readonly priceSeed?: string;
  /** "20261126" */
  readonly date: string;
  /** "093000" */
  readonly time: string;
  /** Code of the issue that was asked for; null: the record chooses one. */
  readonly issue: string | null;
  /** Place in a list, from 0: a list names each issue in turn. */
  readonly place?: number;
  /** Records in the same answer. */
  readonly count: number;
  /** Values that are known already, by field name in lower case. */
  readonly given: Readonly<Record<string, string>>;
}

/** Some amounts are counted in hundreds of millions of won: as whole won they still are safe integers. */
const LARGEST_AMOUNT = 50_000_000;

/** Prices of a record in steps of 1/scale. */
interface Prices {
  readonly last: number;
  readonly base: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly tick: number;
  readonly places: number;
}

interface Scale {
  readonly places: number;
  /** Smallest price and how many steps of `tick` above it, in units of the last place. */
  readonly from: number;
  readonly steps: number;
  readonly tick: number;
}

const WON: Scale = { places: 0, from: 10_000, steps: 700, tick: 50 };
const CENTS: Scale = { places: 2, from: 20_000, steps: 9_000, tick: 5 };
const FOUR: Scale = { places: 4, from: 200_000, steps: 30_000, tick: 100 };
const INDEX: Scale = { places: 2, from: 80_000, steps: 9_000, tick: 1 };

function scaleOf(api: KisApi): Scale {
  if (api.product === 'overseas-stock') return FOUR;
  return api.product === 'domestic-stock' || api.product === 'elw' || api.product === 'etfetn' ? WON : CENTS;
}

/** An integer of 1/10^places as decimal text. */
export function decimal(value: number, places: number): string {
  if (places === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function pricesOf(scale: Scale, { level, rng }: { readonly level: Rng; readonly rng: Rng }): Prices {
  const base = scale.from + scale.tick * level.int(scale.steps);
  const room = Math.max(2, Math.floor(base / scale.tick / 33));
  const step = (): number => scale.tick * (rng.int(2 * room + 1) - room);
  const last = base + step();
  const open = base + step();
  const high = Math.max(last, open) + scale.tick * rng.int(room);
  const low = Math.min(last, open) - scale.tick * rng.int(room);
  return { last, base, open, high, low, tick: scale.tick, places: scale.places };
}

/** Makes the records of an answer. */
export class RowValues {
  readonly #plan: RowPlan;
  readonly #rng: Rng;
  readonly #prices: Prices;
  readonly #index: Prices;
  readonly #issue: NamedIssue;
  #member = 0;

  constructor(plan: RowPlan) {
    this.#plan = plan;
    this.#rng = Rng.from(0, plan.seed);
    const draws = { level: Rng.from(0, `${plan.priceSeed ?? plan.seed}/price`), rng: this.#rng };
    this.#prices = pricesOf(scaleOf(plan.api), draws);
    this.#index = pricesOf(INDEX, draws);
    const issues = issuesOf(plan.api);
    const drawn =
      plan.place === undefined ? this.#rng.pick(issues) : (issues[plan.place % issues.length] as NamedIssue);
    const asked = plan.issue;
    const named = asked === null ? undefined : issues.find(({ code }) => code === asked);
    this.#issue = asked === null ? drawn : (named ?? { code: asked, nameKo: `합성 ${asked}`, nameEn: asked });
  }

  /** The record with all fields of a block, in order. */
  row(fields: readonly ResponseField[]): Record<string, string> {
    const out: Record<string, string> = {};
    for (const field of fields) out[field.name] = this.value(field);
    return out;
  }

  /** The value of one field, as text. */
  value(field: ResponseField): string {
    const given = this.#plan.given[field.name.toLowerCase()];
    return given ?? this.#drawn(fieldFacts(field), field.name);
  }

  #drawn(facts: FieldFacts, name: string): string {
    return this.#price(facts) ?? this.#figure(facts, name) ?? this.#word(facts, name);
  }

  #price({ kind, index, depth }: FieldFacts): string | null {
    const prices = index ? this.#index : this.#prices;
    const { last, base, tick, places } = prices;
    const text = (value: number): string => decimal(value, places);
    switch (kind) {
      case 'last':
        return text(last);
      case 'base':
        return text(base);
      case 'open':
        return text(prices.open);
      case 'high':
        return text(prices.high);
      case 'low':
        return text(prices.low);
      case 'upper':
        return text(Math.floor((base * 13) / 10 / tick) * tick);
      case 'lower':
        return text(Math.ceil((base * 7) / 10 / tick) * tick);
      case 'ask':
        return text(last + tick * Math.min(depth, 20));
      case 'bid':
        return text(last - tick * Math.min(depth - 1, 20));
      case 'price':
        return text(base + tick * (this.#rng.int(21) - 10));
      case 'change':
        return text(last - base);
      case 'percent':
        return decimal(Math.round(((last - base) * 10_000) / base), 2);
      case 'sign':
        return last > base ? '2' : last < base ? '5' : '3';
      default:
        return null;
    }
  }

  #figure({ kind, signed, rank }: FieldFacts, name: string): string | null {
    const { api, count, place } = this.#plan;
    const rng = this.#rng;
    const turn = signed && rng.chance(0.5) ? -1 : 1;
    switch (kind) {
      case 'quantity':
        return String(rank ? (place ?? rng.int(30)) + 1 : turn * rng.int(100_000));
      case 'amount': {
        const amount = turn * rng.int(LARGEST_AMOUNT);
        return api.product.startsWith('overseas') ? decimal(amount, 2) : String(amount);
      }
      case 'rate':
        return decimal(turn * rng.int(10_000), 2);
      case 'number':
        return String(rng.int(10_000));
      case 'count':
        return String(count).padStart(/^t?ret/.test(name) ? 4 : 1, '0');
      case 'places':
        return String(this.#prices.places);
      default:
        return null;
    }
  }

  #word({ kind, codes }: FieldFacts, name: string): string {
    const { date, time, api, given } = this.#plan;
    switch (kind) {
      case 'code':
        return codes.length > 0 ? this.#rng.pick(codes) : '01';
      case 'flag':
        return this.#rng.chance(0.5) ? 'Y' : 'N';
      case 'date':
        return date;
      case 'month':
        return date.slice(0, 6);
      case 'time':
        return time;
      case 'moment':
        return date + time;
      case 'issue':
        return this.#issue.code;
      case 'issueName':
        return this.#issue.nameKo;
      case 'englishName':
        return this.#issue.nameEn;
      case 'key':
        return api.product === 'overseas-stock' ? `D${given['excd'] ?? 'NAS'}${this.#issue.code}` : this.#issue.code;
      case 'member':
        this.#member += 1;
        return MEMBERS[this.#member % MEMBERS.length] ?? '';
      case 'person':
        return '홍길동';
      case 'currency':
        return api.product.startsWith('overseas') ? 'USD' : 'KRW';
      case 'exchange':
        return exchangeOf(api, name);
      case 'digits':
        return idText(name, this.#rng);
      default:
        return '합성';
    }
  }
}

/** Order numbers have 10 digits, offices and brokers 5, everything else 8. */
function idText(name: string, rng: Rng): string {
  if (/odno|oder_no|ord_no/i.test(name)) return String(1 + rng.int(9_999_999)).padStart(10, '0');
  const width = /brno|brnc|orgno|mbcr/i.test(name) ? 5 : 8;
  return String(rng.int(10 ** width)).padStart(width, '0');
}

function exchangeOf(api: KisApi, name: string): string {
  if (api.product === 'overseas-futureoption') return 'CME';
  if (api.product !== 'overseas-stock') return 'KRX';
  return /excg_cd$/i.test(name) ? 'NASD' : 'NAS';
}
