/** Threats: the stream, the detectors, the engine that runs them, their score and their judgement. */
export * from './detector.ts';
export * from './events.ts';
export * from './plays.ts';
export { causeOf } from './engine/cause.ts';
export * from './engine/engine.ts';
export * from './engine/evaluate.ts';
export { readThreatLine } from './engine/jsonl.ts';
export * from './engine/score.ts';
export { ALL_DETECTORS } from './detectors/index.ts';
