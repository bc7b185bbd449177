/** The Broker of a connection whose account trades futures and options: the account's desk with the day of its market. */
import { OrderType, TimeInForce } from '#shared/domain/index.ts';
import { derivativePhase, DERIVATIVE_CODES, krxCalendar } from '#shared/market/index.ts';
import type { KisBroker } from '../broker.ts';
import { loneBroker } from '../joint/index.ts';
import { DerivativeClock } from './derivative-clock.ts';
import { createDerivativeDesk, type DerivativeDeskParts } from './derivative-desk.ts';

/** The account of a connection with product code 03; no call of the share account is ever made for it. */
export function createDerivativeBroker(parts: DerivativeDeskParts): KisBroker {
  const { environment, clock, timers, calendar = krxCalendar } = parts;
  const session = new DerivativeClock({ ...parts, calendar });
  return loneBroker({
    environment,
    desk: createDerivativeDesk(parts),
    clock,
    timers,
    takes: {
      orderTypes: OrderType.options.filter((type) => DERIVATIVE_CODES.some((row) => row.type === type)),
      timesInForce: TimeInForce.options.filter((force) => DERIVATIVE_CODES.some((row) => row.timeInForce === force)),
    },
    day: () => {
      const now = session.now();
      return {
        date: session.date(),
        phase: derivativePhase(calendar, { at: now, lastDay: null, nights: session.hasNights }),
        now,
      };
    },
  });
}
