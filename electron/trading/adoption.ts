/** Taking over what the broker holds: when an account is first seen, and by the user's word after a difference. */
import { productOf, type InstrumentId } from '#shared/domain/index.ts';
import { isSettledByDifference, valueOf } from '#shared/market/index.ts';
import { mulDiv } from '#shared/num/index.ts';
import type { BrokerExecution, BrokerPosition } from '../broker/index.ts';
import type { AccountBook } from './account-book.ts';
import type { AccountInquiry } from './inquiry.ts';
import type { DeskEventOf } from './journal-events.ts';
import { ownCashKrw } from './performance.ts';
import type { Step } from './step.ts';

type Adopted = DeskEventOf<'holdingsAdopted'>['holdings'][number];

/** Units and money that the desk has still to book of one issue. */
interface Missing {
  bought: number;
  boughtKrw: number;
  sold: number;
  soldKrw: number;
}

const NOTHING: Readonly<Missing> = { bought: 0, boughtKrw: 0, sold: 0, soldKrw: 0 };

/** true while the account is new to the desk, and its holdings may have come in ways that the desk never saw. */
export function isFirstSight(book: AccountBook, { account, positions }: AccountInquiry): boolean {
  if (book.reconciledTo !== null) return false;
  return account.startingCashKrw === null || positions.some(({ costKrw }) => costKrw !== undefined);
}

/** What of the executions will be booked after this: those of orders that are shown, beyond what is known of each number. */
function missingOf(step: Step, { account, orders, executions }: AccountInquiry): ReadonlyMap<InstrumentId, Missing> {
  const shown = new Set(orders.map(({ sessionDate, brokerOrderNo }) => `${sessionDate}|${brokerOrderNo}`));
  const missing = new Map<InstrumentId, Missing>();
  const booked = new Map<string, number>();
  const oldestFirst = [...executions].sort((a, b) => a.cumulativeQty - b.cumulativeQty);
  for (const execution of oldestFirst) {
    const key = `${execution.sessionDate}|${execution.brokerOrderNo}`;
    if (!shown.has(key)) continue;
    const before = booked.get(key) ?? knownQty(step, account.accountId, execution);
    if (execution.cumulativeQty <= before) continue;
    booked.set(key, execution.cumulativeQty);
    const { instrumentId, side, price } = execution;
    const entry = missing.get(instrumentId) ?? { ...NOTHING };
    missing.set(instrumentId, entry);
    const quantity = execution.cumulativeQty - before;
    const amount = valueOf(instrumentId, price, quantity);
    entry[side === 'buy' ? 'bought' : 'sold'] += quantity;
    entry[side === 'buy' ? 'boughtKrw' : 'soldKrw'] += amount;
  }
  return missing;
}

function knownQty(step: Step, accountId: string, execution: BrokerExecution): number {
  const record = step.state.byNumber(accountId, execution.brokerOrderNo);
  if (record?.order.sessionDate !== execution.sessionDate) return 0;
  return record.numbers.get(execution.brokerOrderNo)?.cumulativeQty ?? 0;
}

/** What `quantity` units of an issue cost: by the broker's cost, else by ours, else nothing is known and it is nothing. */
function costOf(quantity: number, position: BrokerPosition | undefined, ours: { quantity: number; costKrw: number }) {
  const theirs = position?.costKrw;
  // A position of the other sign says nothing of what these cost.
  const isSame = (other: number): boolean => other !== 0 && other > 0 === quantity > 0;
  const share = (cost: number, of: number): number => mulDiv(cost, Math.abs(quantity), Math.abs(of), 'halfUp');
  if (position && theirs !== undefined && isSame(position.quantity))
    return position.quantity === quantity ? theirs : share(theirs, position.quantity);
  if (isSame(ours.quantity)) return share(ours.costKrw, ours.quantity);
  return 0;
}

/** What units that are gone by now are taken at: what the trades that ended them brought or took. */
function broughtBy(quantity: number, { bought, boughtKrw, sold, soldKrw }: Missing): number {
  return quantity > 0
    ? mulDiv(soldKrw, quantity, Math.max(1, sold), 'halfUp')
    : mulDiv(boughtKrw, quantity, Math.max(1, bought), 'halfUp');
}

/**
 * The holdings with which the desk ends at the broker's positions once it has booked what it has not seen yet. Units sold
 * before the account was seen are taken at what they brought, so that they realise nothing.
 */
function holdingsBefore(step: Step, answer: AccountInquiry): readonly Adopted[] {
  const { accountId } = answer.account;
  const missing = missingOf(step, answer);
  const positions = new Map(answer.positions.map((position) => [position.instrumentId, position]));
  const adopted: Adopted[] = [];
  for (const instrumentId of new Set([...positions.keys(), ...missing.keys()])) {
    const position = positions.get(instrumentId);
    const gone = missing.get(instrumentId) ?? NOTHING;
    const quantity = (position?.quantity ?? 0) - gone.bought + gone.sold;
    // Below zero only what may be sold without being held.
    if (quantity === 0 || (quantity < 0 && productOf(instrumentId) !== 'derivative')) continue;
    const ours = step.state.holding(accountId, instrumentId);
    const isGone = (position?.quantity ?? 0) === 0 && ours.quantity === 0;
    const costKrw = isGone ? broughtBy(quantity, gone) : costOf(quantity, position, ours);
    adopted.push({ instrumentId, quantity, costKrw });
  }
  return adopted;
}

/** The same issues, units and cost as the desk holds. */
function isHeld(book: AccountBook, adopted: readonly Adopted[]): boolean {
  const held = [...book.holdings.values()].filter(({ quantity }) => quantity !== 0);
  if (held.length !== adopted.length) return false;
  return adopted.every(({ instrumentId, quantity, costKrw }) => {
    const ours = book.holding(instrumentId);
    return ours.quantity === quantity && ours.costKrw === costKrw;
  });
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Net assets at cost when the account was first seen: what realised and unrealised profit are counted from. */
function startOf(book: AccountBook, answer: AccountInquiry, adopted: readonly Adopted[]): number | null {
  if (answer.account.startingCashKrw !== null) return null;
  const realised = sumOf([...book.holdings.values()].map(({ realisedKrw }) => realisedKrw));
  // Of a future nothing was paid: its gain comes on top of the cash.
  const paid = adopted.filter(({ instrumentId }) => !isSettledByDifference(instrumentId));
  return Math.max(0, ownCashKrw(answer.account) + sumOf(paid.map(({ costKrw }) => costKrw)) - realised);
}

/** The first time an account is seen: what it held before anything the desk is about to book. */
export function takeOpening(step: Step, answer: AccountInquiry): void {
  const { accountId, sessionDate } = answer.account;
  const book = step.state.book(accountId);
  if (book.adoptions > 0 || book.holdings.size > 0 || book.fills.length > 0) return;
  const holdings = [...holdingsBefore(step, answer)];
  const startingKrw = startOf(book, answer, holdings);
  step.emit({ kind: 'holdingsAdopted', accountId, by: 'opening', holdings, startingKrw, sessionDate, ts: step.now });
  if (holdings.length > 0) step.alert('info', 'HOLDINGS_TAKEN', { count: holdings.length });
}

/**
 * Watches what the positions of a new account say beyond the desk's record. They are asked for after the executions, so
 * what was traded in between is in them alone: it is believed only if the next inquiry, which shows both, says the same.
 */
export class OpeningWatch {
  readonly #before = new Map<string, string>();

  /** true: another difference than in the inquiry before. */
  isNews(step: Step, answer: AccountInquiry): boolean {
    const { accountId } = answer.account;
    const holdings = holdingsBefore(step, answer);
    if (isHeld(step.state.book(accountId), holdings)) return false;
    const beyond = JSON.stringify(holdings);
    const before = this.#before.get(accountId);
    this.#before.set(accountId, beyond);
    return before !== beyond;
  }
}

/** The account is quiet: from here on what the broker holds, and what it says of the cost, is the desk's own record. */
export function settleOpening(step: Step, answer: AccountInquiry): void {
  const { accountId, sessionDate } = answer.account;
  const book = step.state.book(accountId);
  const holdings = [...holdingsBefore(step, answer)];
  const startingKrw = startOf(book, answer, holdings);
  if (isHeld(book, holdings) && (startingKrw === null || startingKrw === book.startingKrw)) return;
  step.emit({ kind: 'holdingsAdopted', accountId, by: 'first', holdings, startingKrw, sessionDate, ts: step.now });
}

/** The user's word: the broker's holdings are right. Returns how many issues differed. */
export function takeByHand(step: Step, answer: AccountInquiry): number {
  const { accountId, sessionDate } = answer.account;
  const book = step.state.book(accountId);
  const holdings = [...holdingsBefore(step, answer)];
  const theirs = new Map(holdings.map(({ instrumentId, quantity }) => [instrumentId, quantity]));
  const issues = new Set([...theirs.keys(), ...book.holdings.keys()]);
  const differing = [...issues].filter((id) => (theirs.get(id) ?? 0) !== book.holding(id).quantity);
  if (differing.length === 0) return 0;
  // What agrees keeps the cost that the desk's own fills gave it.
  const kept = holdings.map((each) => {
    const ours = book.holding(each.instrumentId);
    return ours.quantity === each.quantity ? { ...each, costKrw: ours.costKrw } : each;
  });
  const named = { accountId, by: 'user', holdings: kept, startingKrw: null, sessionDate } as const;
  step.emit({ kind: 'holdingsAdopted', ...named, holdings: kept, ts: step.now });
  step.alert('high', 'HOLDINGS_ADOPTED', { count: differing.length });
  return differing.length;
}
