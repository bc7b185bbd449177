/** How far the tour of the screen has come. */
import { create } from 'zustand';

interface TourStore {
  /** Number of the step, from 0; null: no tour. */
  readonly step: number | null;
}

export const useTour = create<TourStore>(() => ({ step: null }));

export function startTour(): void {
  useTour.setState({ step: 0 });
}

export function goTo(step: number | null): void {
  useTour.setState({ step });
}
