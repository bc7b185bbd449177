/** One Broker over the won account of a connection and its accounts of other currencies and products: each verb goes to the account it is about. */
import type { BrokerAccount, BrokerEvent } from '../../broker.ts';
import type { KisBroker } from '../broker.ts';
import type { AccountDesk } from './account-desk.ts';

/** Joins further accounts to the broker of the won account, which keeps everything else: capabilities, line, session. */
export function joinDesks(won: KisBroker, desks: readonly AccountDesk[]): KisBroker {
  const byId = new Map(desks.map((desk) => [desk.accountId, desk]));
  const of = (accountId: string): AccountDesk | undefined => byId.get(accountId);
  return {
    capabilities: won.capabilities,
    get hasNotices() {
      return won.hasNotices;
    },
    submit: (cleared) => (of(cleared.order.accountId) ?? won).submit(cleared),
    replace: (cleared) => (of(cleared.order.accountId) ?? won).replace(cleared),
    cancel: (request) => (of(request.accountId) ?? won).cancel(request),
    accounts: async (): Promise<readonly BrokerAccount[]> => {
      const all = [...(await won.accounts())];
      for (const desk of desks) all.push(...(await desk.accounts()));
      return all;
    },
    account: async (accountId) => of(accountId)?.account() ?? won.account(accountId),
    openOrders: (accountId) => of(accountId)?.openOrders() ?? won.openOrders(accountId),
    orders: (accountId, date) => of(accountId)?.orders(date) ?? won.orders(accountId, date),
    executions: (accountId, date) => of(accountId)?.executions(date) ?? won.executions(accountId, date),
    adjustments: (accountId, date) => of(accountId)?.adjustments() ?? won.adjustments(accountId, date),
    positions: (accountId) => of(accountId)?.positions() ?? won.positions(accountId),
    events: (listener: (event: BrokerEvent) => void) => {
      const stops = [won, ...desks].map((each) => each.events(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    close: () => {
      for (const desk of desks) desk.close();
      won.close();
    },
  };
}
