/** Which sections of the company page are open, and which sheet each of them shows. */
import { create } from 'zustand';
import { OPEN_FIRST, type SectionId } from './parts/sections.ts';

interface CompanySlice {
  readonly open: Readonly<Partial<Record<SectionId, boolean>>>;
  /** The sheet in view, by section. */
  readonly shown: Readonly<Partial<Record<SectionId, string>>>;
  /** Inputs as chosen, by sheet; never an issue. */
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const useCompany = create<CompanySlice>(() => ({
  open: Object.fromEntries(OPEN_FIRST.map((id) => [id, true])),
  shown: {},
  typed: {},
}));

export const setCompany = useCompany.setState;
