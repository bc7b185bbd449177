/** Brokers behind one port. */
export * from './broker.ts';
