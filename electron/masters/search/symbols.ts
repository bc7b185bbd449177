/** The symbols of a store as a search knows them: each once, whatever files name it. */
import type { FoundSymbol, MasterStore } from '#core/storage/index.ts';
import { MasterProduct } from '#shared/domain/index.ts';
import type { IndexedSymbol } from './symbol-index.ts';

const THEMES = 'theme_code.mst';
const ELW = 'elw_code.mst';

/** The id of a row. A file's name has no colon, and neither has a variant; a code may. */
export function idOfSymbol({ file, variant, code }: Pick<FoundSymbol, 'file' | 'variant' | 'code'>): string {
  return `${file}:${variant}:${code}`;
}

/** The row that an id names; null: it is no id. */
export function keyOfId(id: string): { readonly file: string; readonly variant: string; readonly code: string } | null {
  const [file, variant] = id.split(':', 2);
  if (file === undefined || variant === undefined) return null;
  const code = id.slice(file.length + variant.length + 2);
  return code === '' ? null : { file, variant, code };
}

function indexed(row: FoundSymbol): IndexedSymbol | null {
  const product = MasterProduct.safeParse(row.product);
  if (!product.success) return null;
  const { code, standard, nameKo, nameEn, market, worth } = row;
  return { id: idOfSymbol(row), code, standard, nameKo, nameEn, product: product.data, market, worth };
}

/** Every symbol; of a theme, which has a line for each of its issues, the first line; an ELW from its own file if that is there. */
export function symbolsOf(store: MasterStore): readonly IndexedSymbol[] {
  const themes = new Set<string>();
  const ownElws = new Set<string>();
  const listedElws: FoundSymbol[] = [];
  const symbols: IndexedSymbol[] = [];
  const push = (row: FoundSymbol): void => {
    const symbol = indexed(row);
    if (symbol) symbols.push(symbol);
  };
  for (const row of store.each()) {
    if (row.file === THEMES) {
      if (themes.has(row.code)) continue;
      themes.add(row.code);
    }
    if (row.file === ELW) ownElws.add(row.code);
    if (row.product === 'elw' && row.file !== ELW) listedElws.push(row);
    else push(row);
  }
  for (const row of listedElws) if (!ownElws.has(row.code)) push(row);
  return symbols;
}
