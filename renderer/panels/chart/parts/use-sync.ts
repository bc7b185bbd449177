/** A chart as a member of its link group. */
import { useCallback, useEffect, useRef } from 'react';
import type { ChartInterval } from '#shared/domain/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import { chartGroups, type ChartMember } from '../../../client/chart-sync.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import type { ChartChoice } from '../settings.ts';
import type { ChartView } from './chart-view.ts';

export interface SyncOf {
  /** The user's hand is on this chart. */
  readonly lead: () => void;
  readonly sayInterval: (interval: ChartInterval) => void;
}

/** `onCross`: another chart's cross stands on a bar of this one, or no longer does. */
export function useSync(
  view: ChartView | null,
  choice: ChartChoice | null,
  onCross: (bar: Bar | null) => void,
): SyncOf {
  const { group } = usePanel();
  const now = useRef(choice);
  const member = useRef<ChartMember | null>(null);
  useEffect(() => {
    now.current = choice;
  });
  useEffect(() => {
    if (!view || group === null) return;
    const own: ChartMember = {
      wants: () => now.current?.settings.sync ?? { crosshair: false, interval: false, range: false },
      cross: (at) => onCross(view.pointTo(at)),
      range: (range) => view.axes.showTimes(range),
      interval(interval) {
        if (now.current?.interval !== interval) now.current?.change({ interval });
      },
    };
    member.current = own;
    const leave = chartGroups.join(group, own);
    view.onCross((at) => chartGroups.say(group, own, { cross: at }));
    const still = view.onMove(() => {
      const range = view.axes.times();
      if (range) chartGroups.say(group, own, { range });
    });
    return () => {
      still();
      view.onCross(() => undefined);
      leave();
      member.current = null;
    };
  }, [view, group, onCross]);
  const lead = useCallback(() => {
    if (group !== null && member.current) chartGroups.lead(group, member.current);
  }, [group]);
  const sayInterval = useCallback(
    (interval: ChartInterval) => {
      if (group === null || !member.current) return;
      chartGroups.lead(group, member.current);
      chartGroups.say(group, member.current, { interval });
    },
    [group],
  );
  return { lead, sayInterval };
}
