/** One detector with certain figures over a stream of events: when it fired, and how that compares with the labels. */
import { TUNE_FIRINGS_LIMIT, type DetectorId, type Threat, type TuneSide } from '#shared/domain/index.ts';
import {
  ALL_DETECTORS,
  evaluate,
  ThreatEngine,
  type DetectorSetting,
  type Firing,
  type LabelSpan,
  type ThreatEvent,
} from '#shared/threats/index.ts';

export class Trial {
  readonly #threats = new Map<string, Threat>();
  readonly #engine: ThreatEngine;
  readonly #detector: DetectorId;

  constructor(detector: DetectorId, setting: DetectorSetting) {
    this.#detector = detector;
    this.#engine = new ThreatEngine({
      detectors: ALL_DETECTORS.filter(({ id }) => id === detector),
      settings: { [detector]: setting },
      listener: { threat: (threat) => void this.#threats.set(threat.threatId, threat) },
    });
  }

  take(event: ThreatEvent): void {
    this.#engine.take(event);
  }

  /** Judged by the spans of the labels. */
  side(spans: readonly LabelSpan[]): TuneSide {
    const firings = [...this.#threats.values()].map(({ detector, firstTs: at, severity, subject }): Firing => ({
      detector,
      at,
      severity,
      subject,
    }));
    const verdict = evaluate(spans, firings).find((each) => each.detector === this.#detector);
    return {
      hits: verdict?.hits ?? 0,
      fired: verdict?.fired.slice(0, TUNE_FIRINGS_LIMIT) ?? [],
      meanLatencyMs: verdict?.meanLatencyMs ?? null,
      worstLatencyMs: verdict?.worstLatencyMs ?? null,
      falseAlarms: verdict?.falseAlarms ?? 0,
    };
  }
}
