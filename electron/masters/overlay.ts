/** Lays what the masters say over the instruments that are known otherwise: of two facts the newer wins, and nothing is guessed. */
import { krxId, type KrxInstrument } from '#shared/domain/index.ts';
import type { MasterIssue } from './issue-facts.ts';

const THOUSAND = 1_000;

/** Shares by the file's thousands, unless the exact number is known and says the same. */
function sharesOf({ listedThousands }: MasterIssue, before: number | null): number | null {
  if (listedThousands === null) return before;
  const exact = before !== null && Math.floor(before / THOUSAND) === listedThousands;
  return exact ? before : listedThousands * THOUSAND;
}

/** An issue that nothing else names; undefined without a base price, by which every order is judged. */
function madeFrom(issue: MasterIssue): KrxInstrument | undefined {
  const { code, nameKo, market, basePrice, lotSize, suspended, kospi200, product, facts } = issue;
  if (basePrice === null) return undefined;
  return {
    id: krxId(code),
    code,
    nameKo,
    nameEn: null,
    market,
    priceScale: 0,
    lotSize: lotSize ?? 1,
    basePrice,
    listedShares: sharesOf(issue, null),
    suspended: suspended ?? false,
    kospi200,
    ...(product === 'etp' ? { product } : {}),
    asOf: facts.asOf,
    master: facts,
  };
}

function laidOver(before: KrxInstrument, issue: MasterIssue): KrxInstrument {
  const { nameKo, market, basePrice, lotSize, suspended, kospi200, product, facts } = issue;
  const kind = product === 'etp' ? { product } : {};
  const known = { ...before, ...kind, kospi200: kospi200 ?? before.kospi200, master: facts };
  // A close of the same day already tells the base price of the next one.
  if (basePrice === null || facts.asOf <= before.asOf) return known;
  return {
    ...known,
    nameKo,
    market,
    basePrice,
    lotSize: lotSize ?? before.lotSize,
    listedShares: sharesOf(issue, before.listedShares),
    suspended: suspended ?? before.suspended,
    asOf: facts.asOf,
  };
}

/** Instruments with what the masters add, in order of their codes. */
export function withMasters(known: readonly KrxInstrument[], issues: readonly MasterIssue[]): readonly KrxInstrument[] {
  if (issues.length === 0) return known;
  const byCode = new Map(known.map((instrument) => [instrument.code, instrument]));
  for (const issue of issues) {
    const before = byCode.get(issue.code);
    const instrument = before ? laidOver(before, issue) : madeFrom(issue);
    if (instrument) byCode.set(issue.code, instrument);
  }
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
