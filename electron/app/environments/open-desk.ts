/** The desk of an environment, on its journal, broker and market. */
import type { Broker } from '#core/broker/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import type { Journal } from '#core/storage/index.ts';
import { Desk, type CreditView, type MarketView, type TradingGate, type TradingSettings } from '#core/trading/index.ts';
import { codeOf } from '#shared/domain/index.ts';
import type { House } from '../house.ts';
import type { Closer } from './composed.ts';

/** Made, not started; stops with the environment. */
export function openDesk(
  { clock, timers, ids, logger, submits, alerts, knownIssues: issues }: House,
  parts: {
    readonly journal: Journal;
    readonly broker: Broker;
    readonly market: MarketView & Pick<MarketHub, 'follow' | 'watchTrades'>;
    readonly gate: TradingGate;
    readonly settings?: () => TradingSettings;
    readonly credit?: CreditView;
    readonly closers: Closer[];
  },
): Desk {
  const { closers, ...rest } = parts;
  const observeSubmitMs = (ms: number): void => submits.add(ms);
  const desk = new Desk({ ...rest, clock, timers, ids, log: logger.child('desk'), observeSubmitMs });
  closers.push(() => desk.stop());
  closers.push(
    alerts.follow({
      // Prices of the practice market are invented; all others come from the exchange.
      market: desk.environment === 'simulation' ? 'simulated' : 'real',
      watchTrades: (listener) => parts.market.watchTrades(listener),
      follow: (ids) => parts.market.follow(ids),
      nameOf: (id) => issues.find(id)?.nameKo ?? codeOf(id),
      raise: (told) => desk.tell('caution', 'PRICE_ALERT', told),
    }),
  );
  return desk;
}
