/** Asking the broker how things stand: orders, executions, positions, cash of every account. */
import { addDays, type SessionDate } from '#shared/time/index.ts';
import type {
  Broker,
  BrokerAccount,
  BrokerAdjustment,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
} from '../broker/index.ts';

export interface AccountInquiry {
  readonly account: BrokerAccount;
  /** Trading days that were asked for. */
  readonly sessions: readonly SessionDate[];
  readonly orders: readonly BrokerOrder[];
  readonly executions: readonly BrokerExecution[];
  readonly adjustments: readonly BrokerAdjustment[];
  readonly positions: readonly BrokerPosition[];
}

export interface Inquiry {
  /** Step of the desk and wall time at which it began: what happened later it may not know. */
  readonly startedAt: number;
  readonly startedTs: number;
  readonly accounts: readonly AccountInquiry[];
}

/** What is left to ask about an account. */
export interface AskedSessions {
  /** Trading day up to which it was asked before. */
  readonly since: SessionDate | null;
  /** Trading days of its open orders. */
  readonly open: ReadonlySet<SessionDate>;
}

/** A longer absence is not made up for day by day; the positions tell if something was missed. */
const DAYS_BACK = 10;

/** Days to ask for: of open orders, and all from the last one asked to the present one. */
function sessionsOf(present: SessionDate, { since, open }: AskedSessions): readonly SessionDate[] {
  const days = new Set<SessionDate>([...open, present]);
  if (since === null) return [...days];
  days.add(since);
  for (let day = since, count = 0; day < present && count < DAYS_BACK; count += 1) {
    day = addDays(day, 1);
    days.add(day);
  }
  return [...days];
}

async function fetchAccount(broker: Broker, listed: BrokerAccount, asked: AskedSessions): Promise<AccountInquiry> {
  const { accountId } = listed;
  const tellsPast = broker.capabilities.tellsPastDays !== false;
  const sessions = tellsPast ? sessionsOf(listed.sessionDate, asked) : [listed.sessionDate];
  const rows = new Map<string, BrokerOrder>();
  const take = (order: BrokerOrder): unknown => rows.set(`${order.sessionDate}|${order.brokerOrderNo}`, order);
  for (const order of await broker.openOrders(accountId)) take(order);
  for (const session of sessions) for (const order of await broker.orders(accountId, session)) take(order);
  // Executions are asked after the orders, so that no order says filled whose execution is not among them.
  const executions: BrokerExecution[] = [];
  for (const session of sessions) executions.push(...(await broker.executions(accountId, session)));
  const adjustments: BrokerAdjustment[] = [];
  for (const session of sessions) adjustments.push(...(await broker.adjustments(accountId, session)));
  const positions = await broker.positions(accountId);
  const account = await broker.account(accountId);
  return { account, sessions, orders: [...rows.values()], executions, adjustments, positions };
}

/** One inquiry over all accounts, one after another. */
export async function fetchInquiry(
  broker: Broker,
  from: { readonly startedAt: number; readonly startedTs: number; readonly asked: ReadonlyMap<string, AskedSessions> },
): Promise<Inquiry> {
  const accounts: AccountInquiry[] = [];
  for (const account of await broker.accounts()) {
    accounts.push(
      await fetchAccount(broker, account, from.asked.get(account.accountId) ?? { since: null, open: new Set() }),
    );
  }
  return { startedAt: from.startedAt, startedTs: from.startedTs, accounts };
}
