/** Days that change prices: what registered corporate actions make of a day's listing, and of what is held as it begins. */
import { codeOf, type InstrumentId } from '#shared/domain/index.ts';
import { listedAfter, type HoldingKind, type ListedIssue } from '#shared/exchange/index.ts';
import { basePriceFrom, changedHolding, type ChangedHolding } from '#shared/market/index.ts';
import { addKrw, krw, type Krw } from '#shared/num/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { FirmBooks } from './firm-books.ts';
import type { LogEntry } from './log-entry.ts';
import type { RegisteredAction } from './terms.ts';

/** An action that takes effect on a day; won. */
export interface PriceChange {
  readonly registered: RegisteredAction;
  /** New base price, and what it would be without the day's actions. */
  readonly base: number;
  readonly cum: number;
}

/** Issues as they are listed on a day, and the actions that take effect on it. */
export interface ChangedListing {
  readonly issues: readonly ListedIssue[];
  readonly changes: readonly PriceChange[];
}

export interface ListingDay {
  readonly date: SessionDate;
  /** Closes of the day before by code; empty where another market begins. */
  readonly closes: ReadonlyMap<string, number>;
  readonly actions: readonly RegisteredAction[];
}

/** In the order in which they take effect. */
function byExDate(a: RegisteredAction, b: RegisteredAction): number {
  if (a.exDate !== b.exDate) return a.exDate < b.exDate ? -1 : 1;
  return a.no - b.no;
}

/**
 * The listing of a practice day. `issue` carries the listing's own base price and shares: what took effect before is
 * counted in, as what is held has been changed by it; the last close comes before that base. What is due takes effect
 * now, also where its day was passed over.
 */
function changedIssue(issue: ListedIssue, day: ListingDay): { readonly issue: ListedIssue; readonly cum: number } {
  const { date, closes, actions } = day;
  const { code, market, product = 'stock' } = issue;
  const applied = actions.filter(({ appliedOn }) => appliedOn !== null).map(({ action }) => action);
  const left = listedAfter(issue, { date, close: issue.basePrice, actions: applied });
  const close = closes.get(code) ?? left.basePrice;
  const cum = basePriceFrom({ market, product, date, close });
  // What an action of an earlier day allowed was for that day's first price alone.
  const { firstPrice: _earlierBand, newListing: _wasNew, ...plain } = left;
  const due = actions.filter(({ appliedOn }) => appliedOn === null).map(({ action }) => action);
  const before: ListedIssue = { ...plain, basePrice: cum };
  return { issue: due.length === 0 ? before : listedAfter(before, { date, close, actions: due }), cum };
}

/** Every issue of a practice day, and the changes that the firm must book as it begins. */
export function changedListing(issues: readonly ListedIssue[], day: ListingDay): ChangedListing {
  const inForce = day.actions
    .filter(({ exDate, appliedOn }) => appliedOn !== null || exDate <= day.date)
    .sort(byExDate);
  const changes: PriceChange[] = [];
  const listed = issues.map((issue) => {
    const actions = inForce.filter(({ instrumentId }) => codeOf(instrumentId) === issue.code);
    const changed = changedIssue(issue, { ...day, actions });
    for (const registered of actions) {
      if (registered.appliedOn !== null) continue;
      changes.push({ registered, base: changed.issue.basePrice, cum: changed.cum });
    }
    return changed.issue;
  });
  return { issues: listed, changes: changes.sort((a, b) => byExDate(a.registered, b.registered)) };
}

interface Held {
  readonly accountId: string;
  readonly kind: HoldingKind;
  readonly instrumentId: InstrumentId;
  quantity: number;
  costKrw: Krw;
}

function isChanged(held: Held, after: ChangedHolding): boolean {
  return after.quantity !== held.quantity || after.costKrw !== held.costKrw || after.cashKrw + after.incomeKrw > 0;
}

/** What the log says of a day's changes: each action with its prices, and each holding as it was and as it is then. */
export function changeEntries(
  books: FirmBooks,
  changes: readonly PriceChange[],
  at: { readonly run: number; readonly ts: EpochMs },
): LogEntry[] {
  const { ledger } = books;
  const held: Held[] = ledger.accounts().flatMap(({ accountId }) => ledger.holdings(accountId));
  let count = books.actions.adjustmentCount;
  const entries: LogEntry[] = [];
  for (const { registered, base, cum } of changes) {
    const { no, instrumentId, action } = registered;
    entries.push({ kind: 'action.applied', data: { action: no, run: at.run, base, cum } });
    for (const holding of [...held]) {
      if (holding.instrumentId !== instrumentId || holding.quantity === 0) continue;
      const { accountId, kind, quantity, costKrw } = holding;
      const after = changedHolding({ quantity, costKrw }, action, { base, cum });
      if (!isChanged(holding, after)) continue;
      const owner = books.ownerOf(accountId);
      const before = { quantity, costKrw };
      const of = { adjustment: (count += 1), action: no, ts: at.ts };
      entries.push({ kind: 'holding.adjusted', data: { ...of, owner, held: kind, instrumentId, before, after } });
      Object.assign(holding, { quantity: after.quantity, costKrw: after.costKrw });
      if (after.other) receive(held, { accountId, kind, ...after.other });
    }
  }
  return entries;
}

/** Units of another issue that came along: a later action of the day may be about them. */
function receive(held: Held[], came: Held): void {
  const { accountId, kind, instrumentId } = came;
  const known = held.find(
    (each) => each.accountId === accountId && each.kind === kind && each.instrumentId === instrumentId,
  );
  if (known) {
    known.quantity += came.quantity;
    known.costKrw = addKrw(known.costKrw, came.costKrw);
  } else held.push({ accountId, kind, instrumentId, quantity: came.quantity, costKrw: krw(came.costKrw) });
}
