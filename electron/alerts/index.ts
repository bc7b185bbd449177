/** Price alerts: judged on every trade of the market in force. */
export { AlertIndex } from './alert-index.ts';
export { PriceAlerts, type AlertedMarket } from './price-alerts.ts';
