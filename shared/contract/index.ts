/** THE contract between the core and every door. */
import { data } from './data.ts';
import { documents } from './documents.ts';
import { environment } from './environment.ts';
import { kis } from './kis.ts';
import { market } from './market.ts';
import { scenarios } from './scenarios.ts';
import { simulation } from './simulation.ts';
import { system } from './system.ts';
import { threats } from './threats.ts';
import { trading } from './trading.ts';

export * from './data.ts';
export * from './desktop.ts';
export * from './documents.ts';
export * from './environment.ts';
export * from './kis.ts';
export * from './market.ts';
export * from './scenarios.ts';
export * from './simulation.ts';
export * from './system.ts';
export * from './threats.ts';
export * from './trading.ts';

/** Rises when an older screen could misread a newer core. */
export const PROTOCOL_VERSION = 1;

export const contract = {
  market,
  trading,
  simulation,
  scenarios,
  threats,
  environment,
  kis,
  data,
  documents,
  system,
} as const;
export type Contract = typeof contract;
