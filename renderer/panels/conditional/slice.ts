/** Which mandates are listed. */
import { create } from 'zustand';

export const useConditionalSlice = create<{ readonly filter: 'standing' | 'ended' }>(() => ({ filter: 'standing' }));
