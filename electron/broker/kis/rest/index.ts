/** REST of KIS. */
export * from './limits.ts';
export * from './order-apis.ts';
export {
  brokerText,
  codeError,
  codeFacts,
  faultError,
  type CodeFacts,
  type Handling,
  type OrderOutcome,
} from './problem.ts';
export { createKisRest, type KisRestClient, type KisRestParts } from './rest.ts';
export type { ErrorCount, RestHealth } from './health.ts';
export type { TokenFacts } from './token-keeper.ts';
export * from './token-store.ts';
export { trIdOf, type TrIdChoice } from './tr-id.ts';
