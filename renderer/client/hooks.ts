/** Hooks over the market bus and the desk for what is drawn by React. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useSyncExternalStore } from 'react';
import {
  type Account,
  type OrderBook,
  type Performance,
  type Position,
  type Quote,
  type Tape,
  type VenueName,
} from '#shared/domain/index.ts';
import { useDesk } from '../store/desk.ts';
import { usePerformance } from '../store/performance.ts';
import { useView } from '../store/view.ts';
import { framed } from '../ui/platform.ts';
import { pays } from './account-paying.ts';
import { useWorkstation } from './context.tsx';
import type { MarketBus } from './market-bus.ts';
import { type Marks, performanceAt } from './valuation.ts';

/** Redraws when what `watch` watches has changed: the first answer at once, later ones at most once per frame. */
function useWatched(watch: (bus: MarketBus, changed: () => void) => () => void, key: string): MarketBus {
  const { bus } = useWorkstation();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // `watch` is a new function at every render; `key` says when it means something else.
  const stable = useMemo(() => watch, [key]); // eslint-disable-line react-hooks/exhaustive-deps
  useEffect(() => {
    redraw();
    const later = framed(redraw);
    let answered = false;
    return stable(bus, () => {
      if (answered) later();
      else redraw();
      answered = true;
    });
  }, [bus, stable]);
  return bus;
}

export function useQuote(id: string | null): Quote | undefined {
  const bus = useWatched((b, changed) => (id === null ? () => undefined : b.watchQuote(id, changed)), id ?? '');
  return id === null ? undefined : bus.quote(id);
}

/** The day an issue trades on, as its quote tells; undefined before the first. Drawn anew when the day changes, not with each quote. */
export function useSessionDate(id: string): string | undefined {
  const { bus } = useWorkstation();
  const watch = useCallback((changed: () => void) => bus.watchQuote(id, changed), [bus, id]);
  return useSyncExternalStore(watch, () => bus.quote(id)?.sessionDate);
}

/** The book of an issue on a venue; `id` null: none is watched. */
export function useBook(id: string | null, venue: VenueName = 'KRX'): OrderBook | undefined {
  const bus = useWatched(
    (b, changed) => (id === null ? () => undefined : b.watchBook(id, changed, venue)),
    `${id ?? ''}|${venue}`,
  );
  return id === null ? undefined : bus.book(id, venue);
}

export function useTape(id: string | null): Tape | undefined {
  const bus = useWatched((b, changed) => (id === null ? () => undefined : b.watchTape(id, changed)), id ?? '');
  return id === null ? undefined : bus.tape(id);
}

/** Last and base prices of some issues, redrawn as they move. */
export function useMarks(ids: readonly string[]): Marks {
  const bus = useWatched((b, changed) => {
    const closers = ids.map((id) => b.watchQuote(id, changed));
    return () => closers.forEach((close) => close());
  }, ids.join());
  return (id) => bus.quote(id);
}

/** The account in force: the chosen one, or the first. */
export function useAccount(): Account | null {
  const chosen = useView((state) => state.accountId);
  const accounts = useDesk((state) => state.accounts);
  const [first] = accounts.values();
  return (chosen === null ? undefined : accounts.get(chosen)) ?? first ?? null;
}

/** The account that pays for an issue: the chosen one where it trades the issue, else the first that does. */
export function useAccountFor(instrumentId: string): Account | null {
  const account = useAccount();
  const accounts = useDesk((state) => state.accounts);
  if (account === null || pays(account, instrumentId)) return account;
  return [...accounts.values()].find((each) => pays(each, instrumentId)) ?? account;
}

/**
 * Brings the account that trades an issue into view once it is there: that of bonds comes only after one was looked at. Another
 * one that a person chooses afterwards stays. `active` false: the issue is not the one in view.
 */
export function useAccountInView(instrumentId: string, active: boolean): void {
  const workstation = useWorkstation();
  const inView = useAccount();
  const paying = useAccountFor(instrumentId);
  const other =
    active && paying !== null && inView !== null && pays(paying, instrumentId) && !pays(inView, instrumentId);
  const wanted = other ? paying.accountId : null;
  const came = useRef<string | null>(null);
  useEffect(() => {
    const before = came.current;
    came.current = paying?.accountId ?? null;
    // Only an account that has just come: not one that was turned away from.
    if (wanted !== null && before !== wanted) void workstation.setPreferences({ accountId: wanted });
  }, [wanted, paying?.accountId, workstation]);
}

/** Holdings of an account that are not zero, in order of their issue. */
export function usePositions(accountId: string | null): readonly Position[] {
  const positions = useDesk((state) => state.positions);
  return useMemo(
    () =>
      [...positions.values()]
        .filter((position) => position.accountId === accountId && position.quantity !== 0)
        .sort((a, b) => (a.instrumentId < b.instrumentId ? -1 : 1)),
    [positions, accountId],
  );
}

/** Performance of the account in force at the prices of this moment; null before the core has told it. */
export function usePerformanceNow(): Performance | null {
  const accountId = useAccount()?.accountId ?? null;
  const report = usePerformance((state) => state.performance);
  const positions = usePositions(accountId);
  const ids = useMemo(() => positions.map((position) => position.instrumentId), [positions]);
  const marks = useMarks(ids);
  return report && report.accountId === accountId ? performanceAt(report, positions, marks) : null;
}
