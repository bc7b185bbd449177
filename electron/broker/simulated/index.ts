/** The simulated broker. */
export * from './broker.ts';
