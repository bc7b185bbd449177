/** Makers of plain events of an account: its figures, orders and fills. */
import type { EventOf } from '#shared/threats/events.ts';
import { ID } from '../market/listening.ts';

export const ACCOUNT = 'main';

export function holding(
  valueKrw: number,
  change: Partial<EventOf<'account'>['positions'][number]> = {},
): EventOf<'account'>['positions'][number] {
  return { id: ID, quantity: 10, valueKrw, costKrw: valueKrw, sector: null, ...change };
}

/** Ten million won, two of them in one issue. */
export function account(ts: number, change: Partial<EventOf<'account'>> = {}): EventOf<'account'> {
  return {
    kind: 'account',
    ts,
    accountId: ACCOUNT,
    equityKrw: 10_000_000,
    dayStartKrw: 10_000_000,
    peakKrw: 10_000_000,
    buyingPowerKrw: 8_000_000,
    cashD2Krw: 8_000_000,
    positions: [holding(2_000_000)],
    ...change,
  };
}

let made = 0;

/** A new order that is about to be judged, with an id of its own. */
export function order(ts: number, change: Partial<EventOf<'order'>> = {}): EventOf<'order'> {
  made += 1;
  return {
    kind: 'order',
    ts,
    accountId: ACCOUNT,
    orderId: `o${made}`,
    id: ID,
    side: 'buy',
    price: 70_000,
    quantity: 10,
    step: 'asked',
    gesture: null,
    ...change,
  };
}

export function fill(ts: number, change: Partial<EventOf<'fill'>> = {}): EventOf<'fill'> {
  made += 1;
  return {
    kind: 'fill',
    ts,
    accountId: ACCOUNT,
    orderId: `o${made}`,
    execId: `e${made}`,
    id: ID,
    side: 'buy',
    price: 70_000,
    quantity: 10,
    cumulativeQty: 10,
    orderQty: 10,
    realisedKrw: null,
    stop: false,
    ...change,
  };
}
