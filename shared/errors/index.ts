/** Errors with words. */
export * from './app-error.ts';
export * from './catalog.ts';
export type { ErrorFamily } from './catalog-entry.ts';
export * from './names.ts';
