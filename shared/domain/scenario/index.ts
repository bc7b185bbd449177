/** Scenario (시나리오): the document, its timeline, and the words both use. */
export * from './common.ts';
export * from './events.ts';
export * from './document.ts';
