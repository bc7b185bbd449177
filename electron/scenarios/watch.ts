/** Detectors and plays of a run: the very engine, tap and plays that guard a live account, on the run's own time. */
import type { KrxInstrument, RunPlay, RunThreat, ScenarioDocument, ScenarioEvent } from '#shared/domain/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { VirtualTime } from './world/virtual-time.ts';
import type { World } from './world/world.ts';

export interface WatchParts {
  readonly document: ScenarioDocument;
  readonly seed: number;
  readonly time: VirtualTime;
  readonly world: World;
  readonly listing: readonly KrxInstrument[];
  /** false: threats are seen, and nothing answers them. */
  readonly withPlays: boolean;
  readonly now: () => EpochMs;
  readonly told: (line: { readonly ko: string; readonly en: string }) => void;
  readonly played: (line: { readonly ko: string; readonly en: string }) => void;
}

export class Watch {
  readonly #parts: WatchParts;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** true: something is the matter, and steps should be short. */
  get alert(): boolean {
    return false;
  }

  openDay(_day: number, _date: SessionDate): void {
    this.#parts.now();
  }

  happened(_event: ScenarioEvent): void {
    this.#parts.now();
  }

  score(): number {
    return 0;
  }

  threats(): RunThreat[] {
    return [];
  }

  plays(): RunPlay[] {
    return [];
  }
}
