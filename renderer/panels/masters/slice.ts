/** What the panel of symbol masters shows: how the files stand, what is under way, and what is looked for. */
import { create } from 'zustand';
import type { FoundMaster, MasterProgress, MasterReport, MasterStatus, MasterSymbol } from '#shared/contract/index.ts';
import type { MasterProduct } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

/** What the user started and is still running here. */
export type Running =
  { readonly step: 'sending'; readonly name: string; readonly share: number } | { readonly step: 'core' };

interface MastersSlice {
  readonly tab: 'find' | 'files';
  /** null: not asked yet. */
  readonly status: MasterStatus | null;
  readonly progress: MasterProgress | null;
  readonly running: Running | null;
  readonly report: MasterReport | null;
  /** Of an import, a download or the settings. */
  readonly error: ErrorEnvelope | null;
  readonly query: string;
  readonly product: MasterProduct | 'all';
  /** null: nothing was looked for yet. */
  readonly found: readonly FoundMaster[] | null;
  readonly findError: ErrorEnvelope | null;
  /** The symbol whose fields are shown. */
  readonly symbolId: string | null;
  readonly symbol: MasterSymbol | null;
  readonly symbolError: ErrorEnvelope | null;
  /** The file whose left-out lines are shown. */
  readonly file: string | null;
  readonly faults: readonly { readonly line: number; readonly reason: string }[] | null;
}

export const useMasters = create<MastersSlice>(() => ({
  tab: 'find',
  status: null,
  progress: null,
  running: null,
  report: null,
  error: null,
  query: '',
  product: 'all',
  found: null,
  findError: null,
  symbolId: null,
  symbol: null,
  symbolError: null,
  file: null,
  faults: null,
}));
