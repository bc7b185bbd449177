/** Threat (위협): names, what is detected, how it is answered. */
export * from './centre.ts';
export * from './names.ts';
export * from './play.ts';
export * from './portfolio.ts';
export * from './protection.ts';
export * from './statistics.ts';
export * from './threat.ts';
export * from './tuning.ts';
