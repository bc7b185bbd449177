/** Redraws the caller twice a second while something counts down. */
import { useEffect, useReducer } from 'react';
import { browserTimers } from './platform.ts';

const TICK_MS = 500;

export function useTicking(on: boolean): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!on) return;
    const timer = browserTimers.every(TICK_MS, redraw);
    return () => timer.cancel();
  }, [on]);
}
