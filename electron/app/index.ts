/** The core, composed. */
export * from './app.ts';
export * from './compose.ts';
