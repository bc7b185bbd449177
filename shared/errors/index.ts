/** Errors with words. */
export * from './app-error.ts';
export * from './catalog.ts';
