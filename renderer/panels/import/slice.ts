/** The import under way or done: it goes on while its dialog is closed. */
import { create } from 'zustand';
import type { CsvMapping, CsvPreview, ImportReport, RecordKind } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

export type ImportKind = 'krx-eod' | 'csv' | RecordKind;

export type ImportState =
  | { readonly step: 'choose' }
  | { readonly step: 'sending'; readonly name: string; readonly share: number }
  | { readonly step: 'reading'; readonly name: string; readonly rows: number }
  | {
      readonly step: 'mapping';
      readonly uploadId: string;
      readonly name: string;
      readonly preview: CsvPreview;
      readonly mapping: CsvMapping;
    }
  | { readonly step: 'done'; readonly report: ImportReport }
  | { readonly step: 'failed'; readonly error: ErrorEnvelope };

interface ImportSlice {
  readonly kind: ImportKind;
  readonly state: ImportState;
}

export const useImportSlice = create<ImportSlice>(() => ({ kind: 'krx-eod', state: { step: 'choose' } }));
