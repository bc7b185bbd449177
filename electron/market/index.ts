/** The market as the core knows it: facts, history, the listing, files in. */
export * from './board.ts';
export * from './board-history.ts';
export * from './board-rows.ts';
export * from './boards.ts';
export * from './candle-table.ts';
export * from './facts.ts';
export * from './feed.ts';
export * from './history.ts';
export * from './hub.ts';
export * from './imports/index.ts';
export * from './listing.ts';
export * from './record-history.ts';
export * from './rules.ts';
export { Contracts, findDerivative, type ContractFacts } from './derivative-listing.ts';
export { findBond } from './bond-listing.ts';
export { findForeign, FOREIGN_LISTING } from './foreign-listing.ts';
