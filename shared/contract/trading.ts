/** Trading area: accounts, orders, the desk stream, trading state, performance. */
import { z } from 'zod';
import {
  Account,
  AccountFunds,
  AccountKind,
  Alert,
  BasketOutcome,
  BasketRows,
  BasketVerdict,
  CancelOrder,
  EQUITY_COLUMNS,
  Fill,
  IsoDate,
  JOURNAL_PAGE_LIMIT,
  JournalFilter,
  JournalPage,
  JournalRecord,
  LoanLot,
  Mandate,
  MandateOrder,
  MandateTrigger,
  NewOrder,
  Order,
  OrderState,
  Performance,
  PeriodProfit,
  Position,
  Reason,
  ReplaceOrder,
  Reservation,
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
  z.strictObject({ kind: z.literal('mandate'), mandate: Mandate }),
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
  /** Of a future or option. */
  contract: z
    .strictObject({
      /** Won that a whole point, or won, of the price stands for. */
      multiplierKrw: z.int().positive(),
      /** Last day of trading and the days until then; null: not told. */
      lastDay: IsoDate.nullable(),
      daysLeft: z.int().nullable(),
      /** In 1/100; null for a future, or not told. */
      strike: z.int().positive().nullable(),
      /** What of the order closes, and what opens. */
      closes: z.int().nonnegative(),
      opens: z.int().nonnegative(),
      /** Contracts that the broker would let be opened on that side; null: not told. */
      openable: z.int().nonnegative().nullable(),
    })
    .optional(),
});
export type OrderPreview = z.infer<typeof OrderPreview>;

const StatementPlan = z.strictObject({
  /** Why the account does not answer; null: it does. */
  unavailable: Reason.nullable(),
  /** Calls at least, a page each; 0 where nothing is asked of the broker. */
  calls: z.int().nonnegative(),
});

/** A statement on its way: pages so far, then the whole. */
export const ProfitStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), calls: z.int().nonnegative(), rows: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('whole'), profit: PeriodProfit }),
]);
export type ProfitStep = z.infer<typeof ProfitStep>;

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
  checkBasket: method({
    about:
      'What the guard would say of each order of a basket, with the orders before it taken as sent. Sends nothing.',
    input: z.strictObject({ rows: BasketRows }),
    output: z.array(BasketVerdict),
  }),
  submitBasket: method({
    about:
      'Judges a basket as a whole and, if every order passes, sends them one after another at a pace the guard allows. A repeat under the same basketId sends what was not sent; giving up stops before the next one.',
    input: z.strictObject({ basketId: z.string().min(8).max(56), rows: BasketRows }),
    output: z.strictObject({ sent: z.boolean(), verdicts: z.array(BasketVerdict), rows: z.array(BasketOutcome) }),
  }),
  placeMandate: method({
    about:
      'Leaves one or two one-shot orders with Maru, which sends one of them when its price is reached: alone, or for what an entry order fills. A repeated requestId gets the first answer.',
    input: MandateOrder,
    output: z.strictObject({ mandates: z.array(Mandate), entry: OrderAck.nullable() }),
    cancellable: false,
  }),
  reviseMandate: method({
    about: 'Changes the trigger, and the price of a limit order, of a standing mandate.',
    input: z.strictObject({
      mandateId: z.string().min(1).max(64),
      trigger: MandateTrigger,
      price: z.int().positive().nullable(),
    }),
    output: Mandate,
    cancellable: false,
  }),
  revokeMandate: method({
    about: 'Cancels a standing mandate and the others of its set; repeated, it says the same.',
    input: z.strictObject({ mandateId: z.string().min(1).max(64) }),
    output: z.array(Mandate),
    cancellable: false,
  }),
  previewMandate: method({
    about: 'What would be said of a mandate if it were placed now. Sends and keeps nothing.',
    input: MandateOrder.omit({ requestId: true }),
    output: z.strictObject({ denial: Reason.nullable() }),
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
  creditPlan: method({
    about: 'Whether an account takes orders on credit (신용융자), and if not, why. Asks nothing of the broker.',
    input: AccountRef,
    output: z.strictObject({ unavailable: Reason.nullable() }),
  }),
  loans: method({
    about: 'Every loan of an account by issue and day, as the broker tells them now.',
    input: AccountRef,
    output: z.array(LoanLot),
  }),
  reservations: method({
    about:
      'Reservation orders that the broker holds for an account, newest first, of the days named; cancelled and sent ones among them.',
    input: z.strictObject({ ...AccountRef.shape, from: IsoDate, to: IsoDate }),
    output: z.array(Reservation),
  }),
  statementPlan: method({
    about:
      'Whether an account answers 기간 손익 and 통화별 증거금, and how many calls each costs at least. Asks nothing.',
    input: AccountRef,
    output: z.strictObject({ profit: StatementPlan, funds: StatementPlan }),
  }),
  periodProfit: stream({
    about:
      'What an account earned between two days: every page is told, then the whole; closing the stream gives up. A page that fails ends it with its error.',
    input: z.strictObject({ ...AccountRef.shape, from: IsoDate, to: IsoDate }),
    item: ProfitStep,
    mode: 'every',
  }),
  funds: method({
    about: 'Money and margin of an account by currency, as the broker tells them now.',
    input: AccountRef,
    output: AccountFunds,
  }),
  journal: method({
    about:
      'What was recorded, newest first, in pages: `before` is the `next` of the page before (null: from the newest). A filter that finds little may answer with few lines and a `next`.',
    input: z.strictObject({
      record: JournalRecord.default('desk'),
      before: z.int().positive().nullable().default(null),
      limit: z.int().min(1).max(JOURNAL_PAGE_LIMIT).default(200),
      filter: JournalFilter.default(JournalFilter.parse({})),
    }),
    output: JournalPage,
  }),
  equity: method({
    about: 'Equity curve of an account: wall time of the core and won.',
    input: AccountRef,
    output: columns(EQUITY_COLUMNS, z.strictObject({ accountId: z.string() })),
  }),
});
