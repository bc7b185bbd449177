/** Which rules are listed: those of one section or of all, and only the unconfirmed ones or every one. */
import { create } from 'zustand';
import type { RuleGroup } from '#shared/domain/index.ts';

interface RulesSlice {
  readonly group: RuleGroup | 'all';
  readonly unsure: boolean;
}

export const useRulesSlice = create<RulesSlice>(() => ({ group: 'all', unsure: false }));
