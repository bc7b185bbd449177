/** The screener (조건 검색): fields, expressions and screens over the board. */
export * from './fields.ts';
export * from './tokens.ts';
export * from './expression.ts';
export * from './screen.ts';
export * from './starters.ts';
