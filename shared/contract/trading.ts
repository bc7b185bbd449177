/** Trading area: accounts, orders, the desk stream, trading state, performance. */
import { z } from 'zod';
import {
  Account,
  AccountKind,
  Alert,
  CancelOrder,
  EQUITY_COLUMNS,
  Fill,
  IsoDate,
  NewOrder,
  Order,
  OrderState,
  Performance,
  Position,
  Reason,
  ReplaceOrder,
  TradingState,
} from '../domain/index.ts';
import { area, columns, method, stream } from '../rpc/define.ts';

/** First answer to an order verb; later states come by the desk stream. */
export const OrderAck = z.strictObject({
  orderId: z.string(),
  state: OrderState,
  brokerOrderNo: z.string().nullable(),
  /** Set when denied or rejected. */
  reason: Reason.nullable(),
});
export type OrderAck = z.infer<typeof OrderAck>;

/** One change at the desk. */
export const DeskDelta = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('order'), order: Order }),
  z.strictObject({ kind: z.literal('fill'), fill: Fill }),
  z.strictObject({ kind: z.literal('position'), position: Position }),
  z.strictObject({ kind: z.literal('account'), account: Account }),
  z.strictObject({ kind: z.literal('tradingState'), tradingState: TradingState }),
  z.strictObject({ kind: z.literal('alert'), alert: Alert }),
]);
export type DeskDelta = z.infer<typeof DeskDelta>;

/** What the guard says of a draft, and what the order would cost. Won. */
export const OrderPreview = z.strictObject({
  denial: Reason.nullable(),
  /** Number of guard rules that were judged. */
  rules: z.int().nonnegative(),
  /** Notes that do not stop the order. */
  warnings: z.array(z.string()),
  amountKrw: z.int().nonnegative(),
  commissionKrw: z.int().nonnegative(),
  taxKrw: z.int().nonnegative(),
  /** Cash a buy holds, at the upper limit for a market order; for a sell, the net proceeds. */
  totalKrw: z.int(),
  settlementDate: IsoDate.nullable(),
  buyingPowerAfterKrw: z.int(),
  /** The most that can be bought or sold now at this price. */
  maxQuantity: z.int().nonnegative(),
});
export type OrderPreview = z.infer<typeof OrderPreview>;

const AccountRef = z.strictObject({ accountId: z.string().min(1).max(64) });

export const trading = area({
  createAccount: method({
    about:
      'Opens a simulated account with a name, a kind (margin40 may leave purchases unpaid; default cash) and starting cash in won (default 100,000,000).',
    input: z.strictObject({
      name: z.string().trim().min(1).max(40),
      kind: AccountKind.default('cash'),
      startingCashKrw: z.int().min(10_000).max(1_000_000_000_000).default(100_000_000),
    }),
    output: Account,
    cancellable: false,
  }),
  accounts: method({
    about: 'All accounts of the environment in force.',
    input: z.strictObject({}),
    output: z.array(Account),
  }),
  submit: method({
    about: 'Judges an order by the guard, records it and sends it. A repeated requestId gets the first answer.',
    input: NewOrder,
    output: OrderAck,
    cancellable: false,
  }),
  replace: method({
    about: 'Changes the price of the whole rest of an open order.',
    input: ReplaceOrder,
    output: OrderAck,
    cancellable: false,
  }),
  cancel: method({
    about: 'Withdraws the whole rest of an open order.',
    input: CancelOrder,
    output: OrderAck,
    cancellable: false,
  }),
  cancelAll: method({
    about: 'Cancels every open order of an account, or of all accounts.',
    input: z.strictObject({ accountId: z.string().min(1).max(64).nullable() }),
    output: z.strictObject({ asked: z.int().nonnegative() }),
    cancellable: false,
  }),
  preview: method({
    about: 'What the guard would say of a draft now, and its cost. Sends nothing.',
    input: NewOrder.omit({ requestId: true, allowDuplicate: true }),
    output: OrderPreview,
  }),
  resolveUnconfirmed: method({
    about: "The user's word that an unconfirmed order never arrived.",
    input: z.strictObject({ orderId: z.string().min(1).max(64) }),
    output: OrderAck,
    cancellable: false,
  }),
  desk: stream({
    about: 'Accounts, open and recent orders, fills, positions, trading state; then every change in order.',
    input: z.strictObject({}),
    item: DeskDelta,
    mode: 'every',
    snapshot: true,
  }),
  setTradingState: method({
    about: 'active ↔ reducing, and halted. Halting cancels all open orders; leaving halted needs `resume`.',
    input: z.strictObject({ state: z.enum(['active', 'reducing', 'halted']), note: z.string().max(200).default('') }),
    output: TradingState,
    cancellable: false,
  }),
  resume: method({
    about: 'Leaves the halted state: needs the typed phrase and a reconciled desk.',
    input: z.strictObject({ phrase: z.string().max(40) }),
    output: TradingState,
    cancellable: false,
  }),
  adoptHoldings: method({
    about:
      "Takes the broker's holdings over where they differ from Maru's record (dividends in shares, transfers): while halted, by the typed phrase. Trading stays halted.",
    input: z.strictObject({ ...AccountRef.shape, phrase: z.string().max(40) }),
    output: z.strictObject({ differing: z.int().nonnegative() }),
    cancellable: false,
  }),
  orders: method({
    about: 'Orders of an account, newest first.',
    input: z.strictObject({
      ...AccountRef.shape,
      open: z.boolean().default(false),
      limit: z.int().min(1).max(5_000).default(500),
    }),
    output: z.array(Order),
  }),
  fills: method({
    about: 'Fills of an account, newest first.',
    input: z.strictObject({ ...AccountRef.shape, limit: z.int().min(1).max(5_000).default(500) }),
    output: z.array(Fill),
  }),
  positions: method({ about: 'What an account holds.', input: AccountRef, output: z.array(Position) }),
  performance: method({
    about: 'Performance of an account since it was opened.',
    input: AccountRef,
    output: Performance,
  }),
  equity: method({
    about: 'Equity curve of an account: wall time of the core and won.',
    input: AccountRef,
    output: columns(EQUITY_COLUMNS, z.strictObject({ accountId: z.string() })),
  }),
});
