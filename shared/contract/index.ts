/** THE contract between the core and every door. */
import { apis } from './apis.ts';
import { data } from './data.ts';
import { documents } from './documents.ts';
import { environment } from './environment.ts';
import { kis } from './kis.ts';
import { market } from './market.ts';
import { masters } from './masters.ts';
import { scenarios } from './scenarios.ts';
import { sheets } from './sheets.ts';
import { simulation } from './simulation.ts';
import { system } from './system.ts';
import { threats } from './threats.ts';
import { trading } from './trading.ts';

export * from './apis.ts';
export * from './data.ts';
export * from './desktop.ts';
export * from './documents.ts';
export * from './environment.ts';
export * from './kis.ts';
export * from './market.ts';
export * from './masters.ts';
export * from './scenarios.ts';
export * from './sheets.ts';
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
  apis,
  data,
  masters,
  sheets,
  documents,
  system,
} as const;
export type Contract = typeof contract;
