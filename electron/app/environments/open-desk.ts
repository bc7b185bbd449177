/** The desk of an environment, on its journal, broker and market. */
import type { Broker } from '#core/broker/index.ts';
import type { Journal } from '#core/storage/index.ts';
import { Desk, type MarketView, type TradingGate, type TradingSettings } from '#core/trading/index.ts';
import type { House } from '../house.ts';
import type { Closer } from './composed.ts';

/** Made, not started; stops with the environment. */
export function openDesk(
  { clock, timers, ids, logger, submits }: House,
  parts: {
    readonly journal: Journal;
    readonly broker: Broker;
    readonly market: MarketView;
    readonly gate: TradingGate;
    readonly settings?: () => TradingSettings;
    readonly closers: Closer[];
  },
): Desk {
  const { closers, ...rest } = parts;
  const observeSubmitMs = (ms: number): void => submits.add(ms);
  const desk = new Desk({ ...rest, clock, timers, ids, log: logger.child('desk'), observeSubmitMs });
  closers.push(() => desk.stop());
  return desk;
}
