/** Makes resources/krx/listing.json from a whole-market daily file (see electron/market/imports/krx-eod.ts).
 *
 *   node build/resources/make-listing.mjs FILE.csv[.gz] [COUNT] > resources/krx/listing.json
 *
 * Taken from the file's last day: the COUNT (default 350) largest KOSPI and KOSDAQ issues by market capitalisation, then
 * for variety the 50 smallest issues that traded, 10 KONEX issues, 5 suspended ones and 10 whose code holds a letter.
 * Facts the file does not hold (English name, index membership) are left out. The base price of the next session is the
 * close, moved up to the next valid price (KOSPI business regulation, article 30).
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const [file, countText = '350'] = process.argv.slice(2);
if (!file) {
  process.stderr.write('usage: node build/resources/make-listing.mjs FILE.csv[.gz] [COUNT]\n');
  process.exit(2);
}
const ticks = JSON.parse(readFileSync(new URL('../../resources/krx/tick-size.json', import.meta.url), 'utf8'));

const raw = readFileSync(file);
const rows = parse(raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw, { columns: true, bom: true });
const asOf = rows.reduce((last, row) => (row.Date > last ? row.Date : last), '');

/** The tick in force for a market on the listing's day. */
function tickAt(market, price) {
  const tables = ticks.tables.filter((t) => t.product === 'stock' && t.markets.includes(market) && t.from <= asOf);
  const table = tables.reduce((newest, t) => (t.from > newest.from ? t : newest));
  return table.bands.find((band) => band.lt === null || price < band.lt).tick;
}

function whole(text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${text}`);
  return value;
}

const day = rows
  .filter((row) => row.Date === asOf)
  .map((row) => {
    const market = row.Market === 'KOSDAQ GLOBAL' ? 'KOSDAQ' : row.Market;
    const close = whole(row.Close);
    const tick = tickAt(market, close);
    return {
      code: row.Code,
      nameKo: row.Name.trim(),
      market,
      basePrice: Math.ceil(close / tick) * tick,
      listedShares: whole(row.Stocks),
      suspended: whole(row.Open) === 0 && whole(row.Volume) === 0,
      marketCap: whole(row.Marcap),
    };
  })
  .sort((a, b) => b.marketCap - a.marketCap);

const chosen = new Set();
const take = (count, wanted) => {
  for (const issue of day.filter((candidate) => !chosen.has(candidate) && wanted(candidate)).slice(0, count))
    chosen.add(issue);
};
take(Number(countText), (issue) => issue.market !== 'KONEX' && !issue.suspended);
take(10, (issue) => issue.market === 'KONEX' && !issue.suspended);
take(5, (issue) => issue.market !== 'KONEX' && issue.suspended);
take(10, (issue) => /[A-Z]/.test(issue.code));
day.reverse();
take(50, (issue) => issue.market !== 'KONEX' && !issue.suspended);

const instruments = [...chosen].sort((a, b) => (a.code < b.code ? -1 : 1));
const lines = instruments.map(({ marketCap: _, ...issue }) => `    ${JSON.stringify(issue)}`);
process.stdout.write(`{
  "about": "Real KRX issues, so that Maru opens with a market before anything is imported; facts of one day, nothing guessed",
  "source": "FinanceData/marcap (from KRX), ${basename(file)}, rows of ${asOf}; made by build/resources/make-listing.mjs",
  "asOf": "${asOf}",
  "instruments": [
${lines.join(',\n')}
  ]
}
`);
