/** Every detector, in the order of the catalogue: market, account, operation. */
import type { Detector } from '../detector.ts';
import { ACCOUNT_DETECTORS } from './account/index.ts';
import { MARKET_DETECTORS } from './market/index.ts';
import { OPERATION_DETECTORS } from './operation/index.ts';

export const ALL_DETECTORS: readonly Detector[] = [...MARKET_DETECTORS, ...ACCOUNT_DETECTORS, ...OPERATION_DETECTORS];
