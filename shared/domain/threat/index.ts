/** Threat (위협): names, what is detected, how it is answered. */
export * from './names.ts';
export * from './threat.ts';
