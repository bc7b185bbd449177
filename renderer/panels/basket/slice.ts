/** What the basket panel remembers while another tab covers it: its verdicts, and the gesture under way. */
import { create } from 'zustand';
import type { BasketOutcome, BasketVerdict } from '#shared/domain/index.ts';

interface BasketStore {
  /** The rows that were judged, as text: verdicts of other rows say nothing. */
  readonly judged: string;
  readonly verdicts: readonly BasketVerdict[];
  /** Names the gesture of sending; a repeat under it sends nothing twice. null: nothing was sent. */
  readonly gesture: string | null;
  /** The rows of the gesture, as text. */
  readonly sent: string;
  readonly outcomes: readonly BasketOutcome[];
}

export const useBasketSlice = create<BasketStore>(() => ({
  judged: '',
  verdicts: [],
  gesture: null,
  sent: '',
  outcomes: [],
}));
