/** Scenario (시나리오): the document, its timeline, and the words both use. */
export * from './terms.ts';
export * from './events.ts';
export * from './document.ts';
export * from './run.ts';
export * from './stored.ts';
