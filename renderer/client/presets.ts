/** Order presets of an issue: what holds for it, which level says so, and saving one field at a level. */
import { useMemo } from 'react';
import {
  changedPreset,
  type Instrument,
  LadderSettings,
  type OrderPreset,
  presetAt,
  type PresetChain,
  type PresetLevel,
  type TicketPreset,
} from '#shared/domain/index.ts';
import { useInstruments } from '../store/instruments.ts';
import { useWorkstation } from './context.tsx';
import type { Documents } from './document-line.ts';
import { useDocuments } from './documents.ts';

/** The document of each level; that of all issues bears the name that older versions gave it. */
export function presetIds(of: { readonly instrumentId: string; readonly market: string | null }): {
  readonly [Level in PresetLevel]: string;
} {
  return { global: 'ladder', market: `market/${of.market ?? 'unknown'}`, issue: `issue/${of.instrumentId}` };
}

/** Saves that are under way, by document: one begins from what the one before has written. */
const saving = new Map<string, Promise<void>>();

/**
 * Changes fields of a part in the preset of one level and keeps all others, those too that another change has just
 * written. Rejects with what the core says, such as DOCUMENT_CHANGED where another window was first.
 */
export function savePreset<Part extends keyof OrderPreset>(
  documents: Pick<Documents, 'load' | 'save'>,
  id: string,
  part: Part,
  change: Parameters<typeof changedPreset<Part>>[2],
): Promise<void> {
  const saved = (saving.get(id) ?? Promise.resolve()).then(async () => {
    const bodies = await documents.load('preset');
    await documents.save('preset', id, changedPreset(bodies.get(id), part, change));
  });
  const settled = saved.catch(() => undefined);
  saving.set(id, settled);
  void settled.then(() => {
    if (saving.get(id) === settled) saving.delete(id);
  });
  return saved;
}

export interface Presets {
  /** What each level says. */
  readonly chain: PresetChain;
  /** false: the core has not told them yet, and nothing but what is safe holds. */
  readonly known: boolean;
  /** The market of the issue; null where it is not known, so that nothing can be saved for it. */
  readonly market: Instrument['market'] | null;
  readonly ladder: LadderSettings;
  readonly ticket: TicketPreset;
  /** Changes fields at a level; `undefined` takes one out, so that the level above holds again. */
  readonly save: <Part extends keyof OrderPreset>(
    level: PresetLevel,
    part: Part,
    change: Parameters<typeof changedPreset<Part>>[2],
  ) => void;
}

/** The presets of an issue, live. */
export function usePresets(instrumentId: string): Presets {
  const workstation = useWorkstation();
  const market = useInstruments((state) => state.byId.get(instrumentId)?.market ?? null);
  const ids = useMemo(() => presetIds({ instrumentId, market }), [instrumentId, market]);
  // All at once: another issue finds its own among them without asking the core.
  const all = useDocuments('preset');
  return useMemo(() => {
    const chain: PresetChain = {
      global: all?.get(ids.global) ?? null,
      market: all?.get(ids.market) ?? null,
      issue: all?.get(ids.issue) ?? null,
    };
    return {
      chain,
      known: all !== null,
      market,
      ladder: LadderSettings.parse(presetAt(chain, 'ladder').values),
      ticket: presetAt(chain, 'ticket').values,
      save: (level, part, change) => {
        void workstation.act(() => savePreset(workstation.documents, ids[level], part, change));
      },
    };
  }, [workstation, ids, market, all]);
}
