/** The detectors of the account, A01 … A07, in the order of the catalogue. */
import type { Detector } from '../../detector.ts';
import { DAILY_LOSS } from './daily-loss.ts';
import { DRAWDOWN } from './drawdown.ts';
import { CONCENTRATION } from './concentration.ts';
import { STOP_CLUSTER } from './stop-cluster.ts';
import { VAR_BREACH } from './var-breach.ts';
import { MARGIN_RISK } from './margin-risk.ts';
import { REVENGE_TRADING } from './revenge-trading.ts';

export const ACCOUNT_DETECTORS: readonly Detector[] = [
  DAILY_LOSS,
  DRAWDOWN,
  CONCENTRATION,
  STOP_CLUSTER,
  VAR_BREACH,
  MARGIN_RISK,
  REVENGE_TRADING,
];
