/** The detectors of orders, lines, clocks and keys, O01 … O10, in the order of the catalogue. */
import type { Detector } from '../../detector.ts';
import { FAT_FINGER } from './fat-finger.ts';
import { DUPLICATE_ORDER } from './duplicate-order.ts';
import { ORDER_BURST } from './order-burst.ts';
import { IN_FLIGHT_LIMBO } from './in-flight-limbo.ts';
import { FILL_MISMATCH } from './fill-mismatch.ts';
import { STALE_FEED } from './stale-feed.ts';
import { CLOCK_SKEW } from './clock-skew.ts';
import { TOKEN_ANOMALY } from './token-anomaly.ts';
import { SCHEMA_DRIFT } from './schema-drift.ts';
import { KEY_LEAKAGE } from './key-leakage.ts';

export const OPERATION_DETECTORS: readonly Detector[] = [
  FAT_FINGER,
  DUPLICATE_ORDER,
  ORDER_BURST,
  IN_FLIGHT_LIMBO,
  FILL_MISMATCH,
  STALE_FEED,
  CLOCK_SKEW,
  TOKEN_ANOMALY,
  SCHEMA_DRIFT,
  KEY_LEAKAGE,
];
