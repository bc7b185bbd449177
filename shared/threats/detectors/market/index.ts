/** The detectors of the market, M01 … M18, in the order of the catalogue. */
import type { Detector } from '../../detector.ts';
import { PRICE_JUMP } from './price-jump.ts';
import { DYNAMIC_VI_APPROACH } from './dynamic-vi-approach.ts';
import { STATIC_VI } from './static-vi.ts';
import { LIMIT_LOCK } from './limit-lock.ts';
import { INDEX_BREAKER } from './index-breaker.ts';
import { SIDECAR } from './sidecar.ts';
import { CRASH_PACE } from './crash-pace.ts';
import { VOLATILITY_REGIME } from './volatility-regime.ts';
import { CORRELATION_SPIKE } from './correlation-spike.ts';
import { LIQUIDITY_DRAIN } from './liquidity-drain.ts';
import { SPREAD_BLOWOUT } from './spread-blowout.ts';
import { VOLUME_BURST } from './volume-burst.ts';
import { ONE_SIDED_FLOW } from './one-sided-flow.ts';
import { LAYERING } from './layering.ts';
import { VENUE_SPLIT } from './venue-split.ts';
import { FX_SHOCK } from './fx-shock.ts';
import { FLOW_FLIGHT } from './flow-flight.ts';
import { ISSUE_WARNING } from './issue-warning.ts';

export const MARKET_DETECTORS: readonly Detector[] = [
  PRICE_JUMP,
  DYNAMIC_VI_APPROACH,
  STATIC_VI,
  LIMIT_LOCK,
  INDEX_BREAKER,
  SIDECAR,
  CRASH_PACE,
  VOLATILITY_REGIME,
  CORRELATION_SPIKE,
  LIQUIDITY_DRAIN,
  SPREAD_BLOWOUT,
  VOLUME_BURST,
  ONE_SIDED_FLOW,
  LAYERING,
  VENUE_SPLIT,
  FX_SHOCK,
  FLOW_FLIGHT,
  ISSUE_WARNING,
];
