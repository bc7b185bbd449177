/** Which issues the user has to do with, so that a search offers them first. */
import { useMemo } from 'react';
import type { Instrument } from '#shared/domain/index.ts';
import { useDesk } from '../store/desk.ts';
import { useInstruments } from '../store/instruments.ts';
import { useView } from '../store/view.ts';
import { indexOf, type Nearness } from './instrument-search.ts';

export function useNearness(): Nearness {
  const recents = useView((state) => state.recents);
  const watchlist = useView((state) => state.watchlist);
  const positions = useDesk((state) => state.positions);
  return useMemo(() => {
    const held = [...positions.values()]
      .filter(({ quantity }) => quantity !== 0)
      .map(({ instrumentId }) => instrumentId);
    return { recents, held: new Set(held), watched: new Set(watchlist) };
  }, [recents, watchlist, positions]);
}

/** Searches all known issues, the user's own before others. */
export function useIssueSearch(): (query: string, limit: number) => readonly Instrument[] {
  const list = useInstruments((state) => state.list);
  const nearness = useNearness();
  return useMemo(() => {
    const index = indexOf(list);
    return (query: string, limit: number) => index.find(query, limit, nearness);
  }, [list, nearness]);
}
