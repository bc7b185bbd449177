/** The Broker of a connection whose account trades futures abroad (product code 08): dollars, and other currencies once something is in them. */
import { currencyWords } from '#shared/domain/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { KisBroker } from '../broker.ts';
import { joinDesks, loneBroker } from '../joint/index.ts';
import type { KisEnvironment, KisKeys, KisRest, ServerClock } from '../ports.ts';
import { FutureClock } from './future-clock.ts';
import { createFutureDesk } from './future-desk.ts';

export interface FutureBrokerParts {
  readonly environment: KisEnvironment;
  readonly connectionId: string;
  readonly name: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode'>;
  readonly rest: KisRest;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

/** The account of a connection with product code 08; no call of the share account is ever made for it. */
export function createFutureBroker(parts: FutureBrokerParts): KisBroker {
  const { environment, connectionId, name, clock, timers } = parts;
  const session = new FutureClock(parts.serverClock);
  const desk = (currency: 'USD' | 'HKD', about: { accountId: string; always: boolean }) =>
    createFutureDesk({ ...parts, ...about, session, currency, name: `${name} (${currencyWords(currency).nameKo})` });
  const dollars = loneBroker({
    environment,
    desk: desk('USD', { accountId: connectionId, always: true }),
    clock,
    timers,
    takes: { orderTypes: [], timesInForce: [] },
    day: () => ({ date: session.date(), phase: session.phase(), now: session.now() }),
  });
  return joinDesks(dollars, [desk('HKD', { accountId: `${connectionId}-hkd`, always: false })]);
}
