/** Scenarios: read and written, put on a timeline, turned into a market's story. */
export * from './edit.ts';
export { formatScenario } from './format.ts';
export * from './parse.ts';
export { scenarioJsonSchema } from './schema.ts';
export * from './shock.ts';
export * from './story.ts';
export * from './timeline.ts';
export * from './difference.ts';
export * from './field-names.ts';
export * from './fields.ts';
export * from './move.ts';
export * from './new-part.ts';
export * from './preview.ts';
export * from './validate.ts';
