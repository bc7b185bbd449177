/** What a detector is: stated inputs, figures with ranges, words, and a pure watcher over the stream. */
import type { DetectorId, PlayId, RiskFamily, ThreatPicture, ThreatSeverity } from '../domain/index.ts';
import type { EventOf, ThreatEventKind } from './events.ts';

/** A figure that the user may change. */
export interface DetectorParam {
  readonly id: string;
  readonly labelKo: string;
  readonly labelEn: string;
  readonly unit: '%' | '배' | '초' | '분' | '건' | '호가' | '원' | 'sd' | '';
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** What a watcher says; the engine adds detector and time. */
export interface Said {
  readonly subject: string;
  readonly severity: ThreatSeverity;
  readonly values: Readonly<Record<string, number>>;
  readonly sentenceKo: string;
  readonly sentenceEn: string;
  readonly picture: ThreatPicture;
}

/** Where a watcher speaks. Saying the same again while it holds is allowed: the engine merges by detector and subject. */
export interface Mouth {
  fire(said: Said): void;
  /** The condition holds no more. */
  clear(subject: string): void;
}

/** A watcher's ears: one function for each kind of event it listens to. It keeps state of its own and reads no clock but `ts`. */
export type Ears = { readonly [Kind in ThreatEventKind]?: (event: EventOf<Kind>) => void };

export interface Detector {
  readonly id: DetectorId;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly family: RiskFamily;
  /** The severity it usually has. */
  readonly severity: ThreatSeverity;
  readonly plays: readonly PlayId[];
  /** Kinds without which it cannot work; without them it shows 입력 없음 and counts as off. */
  readonly inputs: readonly ThreatEventKind[];
  /** How it is computed, one sentence each. */
  readonly formulaKo: string;
  readonly formulaEn: string;
  /** What must have been seen before it can fire. */
  readonly warmUpKo: string;
  readonly warmUpEn: string;
  readonly params: readonly DetectorParam[];
  /** A watcher with these figures (each within its range). */
  watch(figures: Readonly<Record<string, number>>, mouth: Mouth): Ears;
}
