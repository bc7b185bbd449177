/** The issues the core knows, and which of them trade in the running market. */
import { create } from 'zustand';
import { codeOf, type Instrument } from '#shared/domain/index.ts';

interface InstrumentStore {
  readonly loaded: boolean;
  readonly list: readonly Instrument[];
  readonly byId: ReadonlyMap<string, Instrument>;
  readonly inMarket: ReadonlySet<string>;
}

export const useInstruments = create<InstrumentStore>(() => ({
  loaded: false,
  list: [],
  byId: new Map(),
  inMarket: new Set(),
}));

export function setInstruments(list: readonly Instrument[], inMarket: readonly string[]): void {
  useInstruments.setState({
    loaded: true,
    list,
    byId: new Map(list.map((instrument) => [instrument.id, instrument])),
    inMarket: new Set(inMarket),
  });
}

/** Forgets which issues trade; their names stay known. */
export function clearMarket(): void {
  useInstruments.setState({ inMarket: new Set() });
}

/** The Korean name of an issue, or its code where it is not listed. */
export function nameOf(instrumentId: string): string {
  return useInstruments.getState().byId.get(instrumentId)?.nameKo ?? codeOf(instrumentId);
}
