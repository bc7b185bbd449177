/** The instruments known: the bundled listing, overlaid by what was imported. */
import listingFacts from '#resources/krx/listing.json' with { type: 'json' };
import type { DailyBar } from '#core/storage/index.ts';
import { KrxInstrument, krxId } from '#shared/domain/index.ts';
import { TICK_TABLES_FROM, roundToTick, tickTable } from '#shared/market/index.ts';

/**
 * The bundled issues: real ones, as of the day in the file.
 * @source resources/krx/listing.json
 */
export const BUNDLED: readonly KrxInstrument[] = listingFacts.instruments.map((issue) =>
  KrxInstrument.parse({
    ...issue,
    id: krxId(issue.code),
    nameEn: null,
    priceScale: 0,
    lotSize: 1,
    kospi200: null,
    asOf: listingFacts.asOf,
  }),
);

/**
 * Base price of the session after a close: the close, moved up to the next valid price.
 * @source krx-rules §2 (KOSPI business regulation, article 30)
 */
function nextBase(bar: DailyBar, market: KrxInstrument['market']): number {
  // Before the first known table the close stands as it was paid.
  if (bar.date < TICK_TABLES_FROM) return bar.close;
  return roundToTick(tickTable(market, bar.date), bar.close, 'up');
}

/** What a bar tells of its issue; undefined where nobody ever told its market or name, which are not guessed. */
function instrumentOf(bar: DailyBar, before: KrxInstrument | undefined): KrxInstrument | undefined {
  const market = bar.market ?? before?.market;
  const nameKo = bar.nameKo ?? before?.nameKo;
  if (market === undefined || nameKo === undefined) return undefined;
  return {
    id: krxId(bar.code),
    code: bar.code,
    nameKo,
    nameEn: before?.nameEn ?? null,
    market,
    priceScale: 0,
    lotSize: before?.lotSize ?? 1,
    basePrice: nextBase(bar, market),
    listedShares: bar.listedShares ?? before?.listedShares ?? null,
    suspended: bar.suspended,
    kospi200: before?.kospi200 ?? null,
    asOf: bar.date,
  };
}

/** All issues by code; of two facts the newer wins, and an imported one of the same day. `seen`: newest bar of each issue. */
export function listing(seen: readonly DailyBar[]): readonly KrxInstrument[] {
  const byCode = new Map(BUNDLED.map((instrument) => [instrument.code, instrument]));
  for (const bar of seen) {
    const before = byCode.get(bar.code);
    if (before && before.asOf > bar.date) continue;
    const instrument = instrumentOf(bar, before);
    if (instrument) byCode.set(bar.code, instrument);
  }
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
