/** Which venue's book the ladder shows. */
import { create } from 'zustand';

/** ALL 통합: both books in one ladder. */
export type LadderVenue = 'KRX' | 'NXT' | 'ALL';

export const useLadderSlice = create<{ readonly venue: LadderVenue }>(() => ({ venue: 'KRX' }));
