/** Statements of an account at KIS: profit of a period, and money by currency. */
export { createKisStatements, type KisStatementsParts } from './kis-statements.ts';
