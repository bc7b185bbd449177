/** Brokers behind one port. */
export * from './broker.ts';
export * from './statements.ts';
export * from './reservations.ts';
export * from './simulated/index.ts';
export * from './kis/index.ts';
