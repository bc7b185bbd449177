/** One Broker over a single account of a connection that is no share account: its verbs, the parts of its day, and whether the server answers. */
import type { OrderType, TimeInForce } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';
import type { BrokerEvent } from '../../broker.ts';
import type { KisBroker } from '../broker.ts';
import type { KisEnvironment } from '../ports.ts';
import type { AccountDesk } from './account-desk.ts';

/** Between looks at the clock, and between attempts to reach a server that did not answer; milliseconds of wall time. */
const BEAT_MS = 1_000;
const PROBE_MS: Readonly<Record<KisEnvironment, number>> = { real: 5_000, paper: 10_000 };
/** Errors that say that the server could not be reached, or was not itself. */
const UNREACHED: ReadonlySet<string> = new Set(['KIS_NO_ANSWER', 'KIS_ANSWER_BAD', 'KIS_UNAVAILABLE']);

export interface LoneBrokerParts {
  readonly environment: KisEnvironment;
  readonly desk: AccountDesk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly takes: { readonly orderTypes: readonly OrderType[]; readonly timesInForce: readonly TimeInForce[] };
  /** The account's market now, by the server's clock. */
  readonly day: () => { readonly date: SessionDate; readonly phase: Phase; readonly now: EpochMs };
}

/** The broker of a connection with this one account. */
export function loneBroker(parts: LoneBrokerParts): KisBroker {
  const { environment, desk, clock, timers, takes, day } = parts;
  const listeners = new Set<(event: BrokerEvent) => void>();
  let isReached = true;
  let probeMs = 0;
  let before = day();
  const tell = (event: BrokerEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const reached = (now: boolean): void => {
    if (now === isReached) return;
    isReached = now;
    probeMs = clock.monotonicMs() + PROBE_MS[environment];
    tell({ kind: 'connection', state: now ? 'up' : 'down' });
  };
  const asked = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await ask();
      reached(true);
      return answer;
    } catch (error) {
      if (error instanceof AppError && UNREACHED.has(error.code)) reached(false);
      throw error;
    }
  };
  const stranger = (accountId: string) => ({ ok: false, code: 'ACCOUNT_UNKNOWN', params: { accountId } }) as const;
  const owns = (accountId: string): boolean => accountId === desk.accountId;
  /** "No orders" must never be the answer about an account that is not there. */
  const own = <Answer>(accountId: string, ask: () => Promise<Answer>): Promise<Answer> =>
    owns(accountId) ? asked(ask) : Promise.reject(new AppError('ACCOUNT_UNKNOWN', { accountId }));
  const beat = timers.every(BEAT_MS, () => {
    const present = day();
    if (present.date !== before.date || present.phase !== before.phase)
      tell({ kind: 'session', sessionDate: present.date, phase: present.phase, exchangeTs: present.now });
    before = present;
    if (isReached || clock.monotonicMs() < probeMs) return;
    probeMs = clock.monotonicMs() + PROBE_MS[environment];
    asked(() => desk.account()).catch(() => undefined);
  });
  return {
    capabilities: { environment, ...takes, routes: ['KRX'], answersWithNumber: true },
    get hasNotices() {
      return desk.hasNotices;
    },
    submit: async (cleared) =>
      owns(cleared.order.accountId) ? desk.submit(cleared) : stranger(cleared.order.accountId),
    replace: async (cleared) =>
      owns(cleared.order.accountId) ? desk.replace(cleared) : stranger(cleared.order.accountId),
    cancel: async (request) => (owns(request.accountId) ? desk.cancel(request) : stranger(request.accountId)),
    accounts: () => asked(() => desk.accounts()),
    account: (accountId) => own(accountId, () => desk.account()),
    openOrders: (accountId) => own(accountId, () => desk.openOrders()),
    orders: (accountId, date) => own(accountId, () => desk.orders(date)),
    executions: (accountId, date) => own(accountId, () => desk.executions(date)),
    adjustments: (accountId) => own(accountId, () => desk.adjustments()),
    positions: (accountId) => own(accountId, () => desk.positions()),
    events: (listener) => {
      listeners.add(listener);
      const stop = desk.events(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    close: () => {
      beat.cancel();
      listeners.clear();
      desk.close();
    },
  };
}
