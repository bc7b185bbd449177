/** Seeded randomness. */
export * from './rng.ts';
