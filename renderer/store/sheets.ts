/** Sheets of reference data as they were told and read in this window, until another environment is in force. */
import { create } from 'zustand';
import type { SheetAnswer, SheetInfo, SheetSource } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';

/** One sheet with its inputs, as far as it was read. */
export interface Reading {
  readonly answer: SheetAnswer | null;
  /** Why the last reading failed; an earlier answer stays. */
  readonly error: ErrorEnvelope | null;
  readonly busy: boolean;
}

interface SheetStore {
  /** null until the core has told it. */
  readonly list: readonly SheetInfo[] | null;
  readonly byId: ReadonlyMap<string, SheetInfo>;
  readonly source: SheetSource | null;
  readonly readings: Readonly<Record<string, Reading>>;
  /** Calls that the readings of this window have cost. */
  readonly spent: number;
}

export const useSheetStore = create<SheetStore>(() => ({
  list: null,
  byId: new Map(),
  source: null,
  readings: {},
  spent: 0,
}));

export const NOT_READ: Reading = { answer: null, error: null, busy: false };

/** Names a reading. */
export function readingKey(sheet: string, params: Readonly<Record<string, string>>): string {
  return JSON.stringify([sheet, ...Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function setReading(key: string, change: Partial<Reading>): void {
  useSheetStore.setState(({ readings }) => ({
    readings: { ...readings, [key]: { ...(readings[key] ?? NOT_READ), ...change } },
  }));
}

/** Another list or another place to read from: what was read elsewhere is not shown any more. */
export function setSheets(list: readonly SheetInfo[], source: SheetSource): void {
  useSheetStore.setState((old) => {
    const same = JSON.stringify(old.source) === JSON.stringify(source);
    return {
      list,
      // The same object as long as it is the same place: readings under way look whether it has changed.
      source: same ? old.source : source,
      byId: new Map(list.map((info) => [info.id, info])),
      readings: same ? old.readings : {},
    };
  });
}
