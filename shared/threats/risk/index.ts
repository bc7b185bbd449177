/** Risk of a portfolio, pure: losses to expect, what it hangs on, and what shocks would do to it. */
export * from './exposure.ts';
export * from './known.ts';
export * from './portfolio-risk.ts';
export { heldOf, type AlignedCloses, type Holding } from './returns.ts';
export * from './value-at-risk.ts';
export * from './what-if.ts';
