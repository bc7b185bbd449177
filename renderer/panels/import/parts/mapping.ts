/** Which column holds what, before the user has said so. */
import type { CsvMapping, CsvPreview } from '#shared/contract/index.ts';

export const REQUIRED = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;
export type RequiredColumn = (typeof REQUIRED)[number];

/** The remembered or guessed mapping, or an empty one to be filled in. */
export function startMapping(preview: CsvPreview): CsvMapping {
  return (
    preview.mapping ?? {
      date: '',
      codeColumn: null,
      code: null,
      open: '',
      high: '',
      low: '',
      close: '',
      volume: '',
      value: null,
    }
  );
}

/** What is still missing: a column, or whose prices these are. */
export function missingColumns(mapping: CsvMapping): readonly (RequiredColumn | 'code')[] {
  const missing: (RequiredColumn | 'code')[] = REQUIRED.filter((name) => mapping[name] === '');
  if (mapping.codeColumn === null && (mapping.code === null || mapping.code.length !== 6)) missing.push('code');
  return missing;
}
