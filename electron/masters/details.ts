/** One symbol in full: every field of its row with its label, and the themes or issues that belong to it. */
import type { KeptMasterFile, MasterStore } from '#core/storage/index.ts';
import type { FoundMaster, MasterFieldValue, MasterSymbol } from '#shared/contract/index.ts';
import {
  bondId,
  futureAbroadId,
  futuresProductOf,
  InstrumentId,
  krxId,
  MasterProduct,
  type MasterProduct as Product,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import { derivativeIdOf } from './derivative-rows.ts';
import { kindOf, meaningOf } from './field-kinds.ts';
import { specOf } from './files.ts';
import { idOfSymbol, keyOfId } from './search/symbols.ts';
import { BOND_FILE, FUTURES_ABROAD_FILE } from './symbol.ts';

interface SymbolFacts {
  readonly id: string;
  readonly code: string;
  readonly standard: string | null;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product: Product;
  readonly market: string;
}

const MOST_LINKED = 500;
const THEMES = 'theme_code.mst';
const STOCK_FILES = ['kospi_code.mst', 'kosdaq_code.mst', 'konex_code.mst'];
/** Products of the stock files whose issues chart, book and ticket know by their code. */
const TRADED: readonly Product[] = ['stock', 'etf'];
/** Those of the overseas files. */
const ABROAD: readonly Product[] = ['overseasStock', 'overseasEtp'];
/** Products among which there is something to trade. */
export const TRADED_PRODUCTS: readonly Product[] = [
  ...TRADED,
  ...ABROAD,
  'futures',
  'options',
  'bond',
  'overseasFutures',
];

/** "YYYY-MM-DD" of YYYYMMDD; null for no date. */
export function isoDay(day: number | null): string | null {
  if (day === null) return null;
  const text = String(day);
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  return isSessionDate(iso) ? iso : null;
}

/** The id of a future abroad whose product is known. */
function futureIdOf(code: string): string | null {
  const id = futureAbroadId(code);
  return futuresProductOf(id) === null ? null : id;
}

/** The id under which chart, book and ticket know a symbol; null: they have none for it. */
function instrumentIdOf({ id, code, product }: SymbolFacts): string | null {
  const file = keyOfId(id)?.file ?? '';
  const exchange = specOf(file)?.exchange?.orderExchange ?? null;
  const wanted =
    exchange !== null
      ? ABROAD.includes(product)
        ? `${exchange}:${code}`
        : null
      : file === BOND_FILE
        ? bondId(code)
        : TRADED.includes(product)
          ? krxId(code)
          : file === FUTURES_ABROAD_FILE
            ? futureIdOf(code)
            : derivativeIdOf(file, code);
  return wanted !== null && InstrumentId.safeParse(wanted).success ? wanted : null;
}

/** A symbol as the screen gets it. */
export function foundOf(symbol: SymbolFacts): FoundMaster {
  const { id, code, standard, nameKo, nameEn, product, market } = symbol;
  return { id, code, standard, nameKo, nameEn, product, market, instrumentId: instrumentIdOf(symbol) };
}

function fieldsOf(file: KeptMasterFile, values: readonly string[]): MasterFieldValue[] {
  const byName = new Map(specOf(file.file)?.layout.fields.map((field) => [field.name, field]));
  const type = values[file.columns.indexOf('type')];
  return file.columns.map((name, at) => {
    const field = byName.get(name) ?? { name, label: name };
    const raw = values[at] ?? '';
    return { name, label: field.label, kind: kindOf(field), raw, meaningKo: meaningOf(field, raw, type) };
  });
}

type Row = ReturnType<MasterStore['rowsOf']>[number];

function asFound(file: string, row: Row): FoundMaster | null {
  const product = MasterProduct.safeParse(row.product);
  return product.success ? foundOf({ ...row, id: idOfSymbol({ file, ...row }), product: product.data }) : null;
}

/** Of a theme its issues, of an issue its themes. */
function linkedOf(store: MasterStore, key: { readonly file: string; readonly code: string }): FoundMaster[] {
  const pairs = store.rowsOf(THEMES);
  if (key.file === THEMES) {
    return pairs
      .filter(({ code }) => code === key.code)
      .slice(0, MOST_LINKED)
      .flatMap(({ variant: code }) => {
        for (const file of STOCK_FILES) {
          const row = store.symbol({ file, code, variant: '' });
          if (row) return asFound(file, row) ?? [];
        }
        return [];
      });
  }
  if (!STOCK_FILES.includes(key.file)) return [];
  return pairs
    .filter(({ variant }) => variant === key.code)
    .slice(0, MOST_LINKED)
    .flatMap((row) => asFound(THEMES, row) ?? []);
}

/** Throws MASTER_SYMBOL_UNKNOWN. */
export function symbolDetails(store: MasterStore, id: string): MasterSymbol {
  const key = keyOfId(id);
  const file = key && store.file(key.file);
  const row = key && store.symbol(key);
  if (!key || !file || !row) throw new AppError('MASTER_SYMBOL_UNKNOWN', { id });
  const symbol = asFound(file.file, row);
  if (!symbol) throw new AppError('MASTER_SYMBOL_UNKNOWN', { id });
  return {
    symbol,
    file: file.file,
    title: specOf(file.file)?.title ?? file.file,
    fileDate: isoDay(file.fileDate),
    importedTs: file.importedTs,
    fields: fieldsOf(file, row.fields),
    linked: linkedOf(store, key),
  };
}
