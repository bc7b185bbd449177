/** Rates of exchange that the broker's answers have told in passing, each with where and when; nothing is asked for them. */
import { FOREIGN_PRESENT, FOREIGN_DETAIL, type KisAnswer, type KisRest } from '#core/broker/kis/index.ts';
import { ForeignCurrency, type WonRate } from '#shared/domain/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import type { Clock } from '#shared/ports.ts';

/** Places of a rate in millionths of a won. */
const DIGITS = 6;
const PER_HUNDRED = 100;
/**
 * More won than these for one unit mean that the rate is told for a hundred: one yen and one dong have never cost that
 * much, and a hundred of them always have since 1990. No source says which the broker does.
 */
const HUNDRED_ABOVE: Readonly<Partial<Record<ForeignCurrency, number>>> = { JPY: 100_000_000, VND: 1_000_000 };
/** 체결기준현재잔고: 최초고시환율 · 해외주식 현재가상세: 당일환율 */
const PRESENT_KO = '현재잔고';
const DETAIL_KO = '현재가상세';

type Row = Readonly<Record<string, unknown>>;

function rowsOf(block: unknown): readonly Row[] {
  return (Array.isArray(block) ? block : [block]).filter((row): row is Row => typeof row === 'object' && row !== null);
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Won for one unit of the currency in millionths; null where the text is no rate. */
function rateOf(currency: ForeignCurrency, told: string): number | null {
  const ppm = scaledFrom(told, DIGITS, 'halfUp');
  if (ppm === null || ppm <= 0) return null;
  const above = HUNDRED_ABOVE[currency];
  return above !== undefined && ppm > above ? Math.round(ppm / PER_HUNDRED) : ppm;
}

export class WonRates {
  readonly #clock: Clock;
  readonly #rates = new Map<ForeignCurrency, WonRate>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  list(): readonly WonRate[] {
    return [...this.#rates.values()];
  }

  /** The same client, its answers read for rates. */
  heard(rest: KisRest): KisRest {
    return {
      call: async (call) => {
        const answer = await rest.call(call);
        if (call.api === FOREIGN_PRESENT) this.#present(answer);
        if (call.api === FOREIGN_DETAIL) this.#detail(answer);
        return answer;
      },
      pages: (call, options) => rest.pages(call, options),
      offers: (api) => rest.offers(api),
    };
  }

  #present({ blocks }: KisAnswer): void {
    for (const row of rowsOf(blocks['output2']))
      this.#put(textOf(row, 'crcy_cd'), textOf(row, 'frst_bltn_exrt'), PRESENT_KO);
  }

  #detail({ blocks }: KisAnswer): void {
    for (const row of rowsOf(blocks['output'])) this.#put(textOf(row, 'curr'), textOf(row, 't_rate'), DETAIL_KO);
  }

  #put(code: string, told: string, sourceKo: string): void {
    const currency = ForeignCurrency.safeParse(code);
    const wonPpm = currency.success ? rateOf(currency.data, told) : null;
    if (currency.success && wonPpm !== null)
      this.#rates.set(currency.data, { currency: currency.data, wonPpm, at: this.#clock.now(), sourceKo });
  }
}
