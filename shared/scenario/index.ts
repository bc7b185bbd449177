/** Scenarios: read, checked, put on a timeline, turned into a market's story. */
export * from './story.ts';
export * from './timeline.ts';
