/** Errors with words. */
export * from './app-error.ts';
export * from './catalog.ts';
export * from './names.ts';
