/** The nouns of the field, each a zod schema and the type of it. */
export * from './instrument.ts';
export * from './order.ts';
export * from './interruption.ts';
export * from './corporate-action.ts';
export * from './market-data.ts';
export * from './order-state.ts';
export * from './cleared.ts';
export * from './account.ts';
export * from './performance.ts';
export * from './kis.ts';
export * from './simulation.ts';
export * from './guard-facts.ts';
export * from './guard-rule.ts';
export * from './rule-sheet.ts';
export * from './documents/index.ts';
