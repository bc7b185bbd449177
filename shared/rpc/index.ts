/** The protocol, both ends. */
export * from './client.ts';
export * from './columns.ts';
export * from './define.ts';
export * from './describe.ts';
export * from './frame.ts';
export * from './page.ts';
export * from './pipe.ts';
export * from './server.ts';
export * from './page.ts';
export * from './socket-pipe.ts';
