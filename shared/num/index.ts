/** Branded safe integers: won, prices, quantities, rates. */
export * from './checked.ts';
export * from './krw.ts';
export * from './price.ts';
export * from './qty.ts';
export * from './ratio.ts';
export * from './decimal.ts';
export * from './foreign-money.ts';
