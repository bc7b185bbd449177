/** Where a foreign market is: its clock, and how it writes prices and money. */
import {
  minorPerWhole,
  offsetMinutes,
  overseasDate,
  overseasDay,
  overseasMarket,
  type OverseasExchangeCode,
  type OverseasMarket,
} from '#shared/market/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import { addDays, DAY_MS, MINUTE_MS, SECOND_MS, type EpochMs, type SessionDate } from '#shared/time/index.ts';

export class AbroadPlace {
  readonly facts: OverseasMarket;
  /** The exchange whose clock is the market's. */
  readonly lead: OverseasExchangeCode;

  constructor(lead: OverseasExchangeCode) {
    this.lead = lead;
    this.facts = overseasMarket(lead);
  }

  /** Date and time there. */
  local(at: EpochMs): { readonly date: SessionDate; readonly ms: number } {
    const date = overseasDate(this.lead, at);
    const shifted = at + offsetMinutes(this.lead, date) * MINUTE_MS;
    return { date, ms: shifted - Math.floor(shifted / DAY_MS) * DAY_MS };
  }

  /** The same as "20261124" and "093000". */
  stamp(at: EpochMs): { readonly date: string; readonly time: string } {
    const { date, ms } = this.local(at);
    const total = Math.floor(ms / SECOND_MS);
    const two = (n: number): string => String(n).padStart(2, '0');
    const time = two(Math.floor(total / 3600)) + two(Math.floor(total / 60) % 60) + two(total % 60);
    return { date: date.replaceAll('-', ''), time };
  }

  /** A scaled price or an amount of such as the server writes it: "230.1500", "2700.0". */
  text(scaled: number, places = this.facts.priceScale): string {
    return (scaled / minorPerWhole(this.facts.priceScale)).toFixed(places);
  }

  /** Money in the smallest coins: "1000.00". */
  coins(minor: number): string {
    return (minor / minorPerWhole(this.facts.digits)).toFixed(2);
  }

  /** A scaled amount in whole units of the currency. */
  whole(scaled: number): number {
    return scaled / minorPerWhole(this.facts.priceScale);
  }

  /** "230.15" scaled; null for what is no price here. */
  scaled(told: string): number | null {
    return /^\d{1,9}(?:\.\d{1,8})?$/.test(told.trim()) ? scaledFrom(told, this.facts.priceScale) : null;
  }
}

/** The next instant at which the American regular session opens, at or after `from`. */
export function nextUsOpen(from: EpochMs): EpochMs {
  for (let date = overseasDate('NASD', from); ; date = addDays(date, 1)) {
    const part = overseasDay('NASD', date).parts.find(({ phase }) => phase === 'continuous');
    if (part && part.startTs >= from) return part.startTs;
  }
}
