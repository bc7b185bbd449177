/** Reads what a person typed or pasted as a price or a quantity, and says why where it cannot: never another number than the one meant. */
import { isPointUnit, productOf, type PriceUnit } from '#shared/domain/index.ts';
import type { ValueUnit } from '#shared/market/index.ts';
import { mulDiv } from '#shared/num/index.ts';
import { parseMoney } from '../../../ui/money.ts';
import { parseWhole } from '../../../ui/parse.ts';

/** quantity: shares or contracts · face: thousands of won of a bond's face amount. */
export type EntryKind = PriceUnit | 'quantity' | 'face';

/** How the quantity of an issue is read. */
export function quantityKind(instrumentId: string): 'quantity' | 'face' {
  return productOf(instrumentId) === 'bond' ? 'face' : 'quantity';
}

/** empty nothing there · fraction a part of one · several more than one number · sign a minus or plus · none no number · far out of range. */
export type EntryFault = 'empty' | 'fraction' | 'several' | 'sign' | 'none' | 'far';

export type Entry = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly fault: EntryFault };

const SHARE_UNITS = /\s*(?:주|계약)$/u;
const WON_UNITS = /\s*원$/u;
/** Where a unit is a thousand won, "100천" may be a hundred or a hundred thousand of them. */
const UNCLEAR_UNITS = /천/u;
const FACE_UNITS = /\s*천\s*원$/u;
const POINT_UNITS = /\s*(?:원|포인트|[pP])$/u;
const FOREIGN_UNITS = /\s*(?:달러|엔|위안|동)$/u;

/** Full-width digits, separators and units as plain ones; a unit at the end or a won sign in front goes. */
export function plainEntry(text: string, kind: EntryKind): string {
  const plain = text.normalize('NFKC').trim();
  if (kind === 'quantity') return plain.replace(SHARE_UNITS, '');
  if (kind === 'face') return plain.replace(FACE_UNITS, '');
  if (kind === 'KRW') return plain.replace(/^[₩\\]\s*/u, '').replace(WON_UNITS, '');
  if (kind === 'HUNDREDTH' || isPointUnit(kind)) return plain.replace(/^[₩\\]\s*/u, '').replace(POINT_UNITS, '');
  return plain.replace(/^(?:HK|JP|CN)?[$¥₫]\s*/u, '').replace(FOREIGN_UNITS, '');
}

const BROKEN_LINE = /[\r\n\t;|/~]/u;
const TWO_NUMBERS = /\d\s+\d/u;
const SIGNED = /^[+\-−–]/u;

/** The number, or what is wrong with the text. */
export function readEntry(text: string, kind: EntryKind): Entry {
  const plain = plainEntry(text, kind);
  if (plain === '') return { ok: false, fault: 'empty' };
  if (SIGNED.test(plain)) return { ok: false, fault: 'sign' };
  // "1 234" may be one number or two.
  if (BROKEN_LINE.test(plain) || TWO_NUMBERS.test(plain)) return { ok: false, fault: 'several' };
  if (kind === 'face' && UNCLEAR_UNITS.test(plain)) return { ok: false, fault: 'none' };
  const isCount = kind === 'quantity' || kind === 'face';
  const value = isCount ? parseWhole(plain) : parseMoney(plain, kind);
  if (value !== null && Number.isSafeInteger(value)) return { ok: true, value };
  if (/^[\d,]+\.\d+[천만억조]?$/u.test(plain)) return { ok: false, fault: 'fraction' };
  if (/^\d[\d,]*[천만억조]?$/u.test(plain) && plain.replace(/\D/gu, '').length > 15) return { ok: false, fault: 'far' };
  return { ok: false, fault: 'none' };
}

/** Whole lots that an amount in the smallest unit of the currency pays for; 0 where not even one. `unit`: what a price is worth. */
export function lotsFor(amount: number, price: number, lot: number, unit: ValueUnit = { num: 1, den: 1 }): number {
  if (price <= 0 || lot <= 0) return 0;
  return mulDiv(amount, unit.den, price * unit.num * lot, 'floor') * lot;
}

/** A price some tenths of a percent away from another, before it is put on a tick: whole, exact for safe integers. */
export function percentAway(from: number, tenths: number): number {
  return Math.round((from * (1_000 + tenths)) / 1_000);
}
