/** The issues the core knows, and which of them trade in the running market. */
import { create } from 'zustand';
import { codeOf, type Instrument } from '#shared/domain/index.ts';

interface InstrumentStore {
  readonly loaded: boolean;
  /** Those that are listed; searched without the core. */
  readonly list: readonly Instrument[];
  /** Those, and what was learnt of others one by one: the symbol masters name tens of thousands. */
  readonly byId: ReadonlyMap<string, Instrument>;
  readonly learnt: ReadonlyMap<string, Instrument>;
  /** Those that the core was asked for and does not know. */
  readonly unknown: ReadonlySet<string>;
  readonly inMarket: ReadonlySet<string>;
}

/** Issues beyond the listed ones that are kept; the oldest gives way. */
const MOST_LEARNT = 4_000;

export const useInstruments = create<InstrumentStore>(() => ({
  loaded: false,
  list: [],
  byId: new Map(),
  learnt: new Map(),
  unknown: new Set(),
  inMarket: new Set(),
}));

function byIdOf(list: readonly Instrument[], learnt: ReadonlyMap<string, Instrument>): ReadonlyMap<string, Instrument> {
  const byId = new Map(learnt);
  for (const instrument of list) byId.set(instrument.id, instrument);
  return byId;
}

export function setInstruments(list: readonly Instrument[], inMarket: readonly string[]): void {
  useInstruments.setState(({ learnt }) => ({
    loaded: true,
    list,
    byId: byIdOf(list, learnt),
    unknown: new Set(),
    inMarket: new Set(inMarket),
  }));
}

/** Takes in issues that no listing has. */
export function learnInstruments(found: readonly Instrument[]): void {
  if (found.length === 0) return;
  useInstruments.setState(({ list, learnt: before }) => {
    const learnt = new Map(before);
    for (const instrument of found) {
      learnt.delete(instrument.id);
      learnt.set(instrument.id, instrument);
    }
    for (const id of learnt.keys()) {
      if (learnt.size <= MOST_LEARNT) break;
      learnt.delete(id);
    }
    return { learnt, byId: byIdOf(list, learnt) };
  });
}

/** Takes in an issue that was found, so that it has its name at once; one that is known stays as it is. */
export function learnInstrument(found: Instrument): void {
  if (!useInstruments.getState().byId.has(found.id)) learnInstruments([found]);
}

/** Notes that the core knows nothing of these. */
export function markUnknown(ids: readonly string[]): void {
  if (ids.length > 0) useInstruments.setState(({ unknown }) => ({ unknown: new Set([...unknown, ...ids]) }));
}

/** Forgets which issues trade; their names stay known. */
export function clearMarket(): void {
  useInstruments.setState({ inMarket: new Set() });
}

let missed: (instrumentId: string) => void = () => undefined;

/** Whoever can ask for issues hears of each whose name was wanted and is not known. */
export function onMissing(listener: (instrumentId: string) => void): void {
  missed = listener;
}

/** The Korean name of an issue, or its code where it is not known. */
export function nameOf(instrumentId: string): string {
  const known = useInstruments.getState().byId.get(instrumentId);
  if (!known) missed(instrumentId);
  return known?.nameKo ?? codeOf(instrumentId);
}
