/** One Broker over the won account and the dollar account of a connection: each verb goes to the account it is about. */
import type { BrokerAccount, BrokerEvent } from '../../broker.ts';
import type { KisBroker } from '../broker.ts';
import type { UsDesk } from './us-desk.ts';

/** Joins the dollar account to the broker of the won account, which keeps everything else: capabilities, line, session. */
export function joinUsDesk(won: KisBroker, us: UsDesk): KisBroker {
  const isUs = (accountId: string): boolean => accountId === us.accountId;
  return {
    capabilities: won.capabilities,
    get hasNotices() {
      return won.hasNotices;
    },
    submit: (cleared) => (isUs(cleared.order.accountId) ? us.submit(cleared) : won.submit(cleared)),
    replace: (cleared) => (isUs(cleared.order.accountId) ? us.replace(cleared) : won.replace(cleared)),
    cancel: (request) => (isUs(request.accountId) ? us.cancel(request) : won.cancel(request)),
    accounts: async (): Promise<readonly BrokerAccount[]> => [...(await won.accounts()), ...(await us.accounts())],
    account: async (accountId) => (isUs(accountId) ? us.account() : won.account(accountId)),
    openOrders: (accountId) => (isUs(accountId) ? us.openOrders() : won.openOrders(accountId)),
    orders: (accountId, date) => (isUs(accountId) ? us.orders(date) : won.orders(accountId, date)),
    executions: (accountId, date) => (isUs(accountId) ? us.executions(date) : won.executions(accountId, date)),
    adjustments: (accountId, date) => (isUs(accountId) ? us.adjustments() : won.adjustments(accountId, date)),
    positions: (accountId) => (isUs(accountId) ? us.positions() : won.positions(accountId)),
    events: (listener: (event: BrokerEvent) => void) => {
      const stops = [won.events(listener), us.events(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    close: () => {
      us.close();
      won.close();
    },
  };
}
