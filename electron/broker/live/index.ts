/** Real prices, invented fills: the broker of the environment `live`. */
export { LIVE_TYPES } from './live-checks.ts';
export { LiveFirm, type LiveFirmParts } from './live-firm.ts';
