/** Trading area: the desk's verbs and its stream, as the contract names them. */
import type { Contract } from '#shared/contract/index.ts';
import { krw } from '#shared/num/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { Desk } from '#core/trading/index.ts';
import type { Simulator } from '#core/simulator/index.ts';

export interface TradingServices {
  readonly desk: Desk;
  readonly simulator: Simulator;
}

export function tradingHandlers({ desk, simulator }: TradingServices): Handlers<Contract>['trading'] {
  return {
    createAccount: async ({ name, kind, startingCashKrw }) => {
      const { accountId } = simulator.createAccount({ name, kind, startingCashKrw: krw(startingCashKrw) });
      return desk.adoptAccount(accountId);
    },
    accounts: () => [...desk.accounts()],
    submit: (order) => desk.submit(order),
    replace: (order) => desk.replace(order),
    cancel: (order) => desk.cancel(order),
    cancelAll: ({ accountId }) => desk.cancelAll(accountId),
    preview: (draft) => desk.preview(draft),
    resolveUnconfirmed: ({ orderId }) => desk.resolveUnconfirmed(orderId),
    desk: (_input, sink) => {
      sink.snapshot(desk.snapshot());
      return desk.watch((deltas) => {
        for (const delta of deltas) sink.push(delta);
      });
    },
    setTradingState: ({ state, note }) => desk.setTradingState(state, note),
    resume: ({ phrase }) => desk.resume(phrase),
    orders: ({ accountId, open, limit }) => [...desk.orders({ accountId, open, limit })],
    fills: ({ accountId, limit }) => [...desk.fills({ accountId, limit })],
    positions: ({ accountId }) => [...desk.positions(accountId)],
    performance: ({ accountId }) => desk.performance(accountId),
    equity: ({ accountId }) => desk.equity(accountId),
  };
}
