/** Performance of the account in force, as the core last reckoned it. Written by client/performance-feed.ts alone. */
import { create } from 'zustand';
import type { Performance } from '#shared/domain/index.ts';

export interface EquityCurve {
  /** Wall time of the core. */
  readonly ts: Float64Array;
  /** Won. */
  readonly equity: Float64Array;
}

interface PerformanceStore {
  readonly performance: Performance | null;
  readonly curve: EquityCurve | null;
}

export const usePerformance = create<PerformanceStore>(() => ({ performance: null, curve: null }));
