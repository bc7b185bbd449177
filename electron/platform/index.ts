/** Node behind the ports. */
export * from './clock.ts';
export * from './content-policy.ts';
export * from './data-dir.ts';
export * from './http.ts';
export * from './ids.ts';
export * from './logger.ts';
export * from './loop-delay.ts';
export * from './page-files.ts';
export { proxyFor } from './proxy.ts';
export * from './redact.ts';
export * from './sample-window.ts';
export { silentLogger } from './silent-logger.ts';
export * from './socket.ts';
export * from './timers.ts';
export * from './transport.ts';
export * from './way-out.ts';
