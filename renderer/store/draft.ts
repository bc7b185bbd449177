/** The orders being written, one a ticket, each of one issue. Nothing here has been sent. */
import { create } from 'zustand';
import {
  isPriced,
  type LinkGroup,
  type OrderCredit,
  type OrderType,
  type Route,
  type Side,
  type TimeInForce,
} from '#shared/domain/index.ts';
import { FIRST_GROUP, issueOf } from './links.ts';

/** now: sent at once · protect: sent at once, and what it fills is protected · wait: sent by Maru when a price is reached. */
export type DraftMode = 'now' | 'protect' | 'wait';

export interface DraftState {
  readonly mode: DraftMode;
  /** Of a condition: prices or percents as typed, the one below and the one above the market. */
  readonly belowText: string;
  readonly aboveText: string;
  /** true: the adverse one follows the best price at a distance. */
  readonly trailing: boolean;
  /** What a condition sends. */
  readonly sendsAs: 'market' | 'limit';
  readonly lasts: 'day' | 'week' | 'month';
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly route: Route;
  /** As typed; empty where nothing was. */
  readonly priceText: string;
  readonly stopText: string;
  readonly quantityText: string;
  /** On credit; null: in cash, which is where every order begins. */
  readonly credit: OrderCredit | null;
  /** Rises when a field of the ticket should take the focus. */
  readonly focus: { readonly field: 'price' | 'quantity'; readonly count: number };
}

export type DraftChange = Partial<Omit<DraftState, 'focus'>>;

const EMPTY = {
  mode: 'now',
  belowText: '',
  aboveText: '',
  trailing: false,
  sendsAs: 'market',
  lasts: 'day',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  route: 'KRX',
  priceText: '',
  stopText: '',
  quantityText: '',
  credit: null,
} as const;
const NO_FIGURES = {
  priceText: '',
  stopText: '',
  quantityText: '',
  belowText: '',
  aboveText: '',
  credit: null,
} as const;
const START: DraftState = { ...EMPTY, focus: { field: 'quantity', count: 0 } };

/** A ticket on the screen and the order in it. */
interface Entry {
  readonly group: LinkGroup | null;
  /** The issue that the figures were written for. */
  readonly instrumentId: string | null;
  readonly draft: DraftState;
  readonly open: boolean;
}

interface DraftStore {
  readonly tickets: Readonly<Record<string, Entry>>;
  /** Written for a group while none of its tickets is open; the next one that opens takes it. */
  readonly waiting: Entry;
}

const WAITING: Entry = { group: FIRST_GROUP, instrumentId: null, draft: START, open: false };

const useDrafts = create<DraftStore>(() => ({ tickets: {}, waiting: WAITING }));

/** The draft as it may be read beside an issue: figures written for another one are not there. */
function draftBeside(entry: Entry | undefined, instrumentId: string | null): DraftState {
  if (!entry) return START;
  return entry.instrumentId === instrumentId ? entry.draft : cleared(entry.draft);
}

const emptied = new WeakMap<DraftState, DraftState>();

/** The same draft without figures; one object a draft, so that a reader that compares by identity stands still. */
function cleared(draft: DraftState): DraftState {
  const known = emptied.get(draft);
  if (known) return known;
  const next = { ...draft, ...NO_FIGURES };
  emptied.set(draft, next);
  return next;
}

/** The order being written in a ticket that shows an issue. */
export function useDraft(ticket: string, instrumentId: string): DraftState {
  return useDrafts((state) => draftBeside(state.tickets[ticket], instrumentId));
}

/** The same outside of React. `null`: what waits for a ticket. */
export function draftOf(ticket: string | null, instrumentId?: string): DraftState {
  const { tickets, waiting } = useDrafts.getState();
  const entry = ticket === null ? waiting : tickets[ticket];
  return instrumentId === undefined ? (entry?.draft ?? START) : draftBeside(entry, instrumentId);
}

function put(ticket: string, entry: Entry): void {
  useDrafts.setState((state) => ({ tickets: { ...state.tickets, [ticket]: entry } }));
}

/** A ticket says what it shows. Returns what says that it has gone. */
export function joinTicket(
  ticket: string,
  place: { readonly group: LinkGroup | null; readonly instrumentId: string },
): () => void {
  const { tickets, waiting } = useDrafts.getState();
  const before = tickets[ticket];
  // Only the first ticket of the group is the one that was waited for.
  const takes =
    waiting.instrumentId === place.instrumentId &&
    waiting.group === place.group &&
    !openOf(place.group).some(([key]) => key !== ticket);
  if (takes) useDrafts.setState({ waiting: { ...WAITING, draft: { ...START, focus: waiting.draft.focus } } });
  put(ticket, {
    ...place,
    draft: takes ? waiting.draft : draftBeside(before, place.instrumentId),
    open: true,
  });
  return () => {
    const entry = useDrafts.getState().tickets[ticket];
    if (entry) put(ticket, { ...entry, open: false });
  };
}

function openOf(group: LinkGroup | null): readonly (readonly [string, Entry])[] {
  if (group === null) return [];
  return Object.entries(useDrafts.getState().tickets).filter(([, entry]) => entry.open && entry.group === group);
}

/** Throws every order away that was being written: they were meant for another environment. */
export function dropDraft(): void {
  useDrafts.setState((state) => ({
    tickets: Object.fromEntries(
      Object.entries(state.tickets).map(([key, entry]) => [
        key,
        { ...entry, draft: { ...EMPTY, focus: entry.draft.focus } },
      ]),
    ),
    waiting: WAITING,
  }));
}

/** Changes the order in one ticket, which shows an issue; figures written for another one go. */
export function changeDraft(ticket: string, instrumentId: string, change: DraftChange): void {
  const entry = useDrafts.getState().tickets[ticket];
  const draft = draftBeside(entry, instrumentId);
  put(ticket, {
    group: entry?.group ?? null,
    open: entry?.open ?? false,
    instrumentId,
    draft: { ...draft, ...change },
  });
}

/** Changes what the tickets of a group write for an issue; without one open, what waits for it. */
function changeGroup(group: LinkGroup, instrumentId: string | null, change: (draft: DraftState) => DraftState): void {
  const open = openOf(group);
  for (const [ticket, entry] of open)
    put(ticket, { ...entry, instrumentId, draft: change(draftBeside(entry, instrumentId)) });
  if (open.length > 0) return;
  useDrafts.setState(({ waiting }) => ({
    waiting: { ...WAITING, group, instrumentId, draft: change(draftBeside(waiting, instrumentId)) },
  }));
}

/** Changes the orders in the tickets of a group, for the issue that the group shows now. */
export function setDraft(change: DraftChange, group: LinkGroup = FIRST_GROUP): void {
  changeGroup(group, issueOf(group), (draft) => ({ ...draft, ...change }));
}

/** Opens the tickets of a group on a side and puts the cursor into a field. */
export function writeOrder(
  change: DraftChange,
  field: 'price' | 'quantity' = 'quantity',
  group: LinkGroup = FIRST_GROUP,
): void {
  changeGroup(group, issueOf(group), (draft) => ({
    ...draft,
    // An order that another panel begins is in cash.
    credit: null,
    ...change,
    focus: { field, count: draft.focus.count + 1 },
  }));
}

/**
 * Takes a price of an issue into the tickets of a group; a type that carries none becomes a limit order. false: nothing
 * was written, since the group shows another issue or the panel belongs to none.
 */
export function pickPrice(
  priceText: string,
  from: { readonly group: LinkGroup | null; readonly instrumentId: string },
): boolean {
  const { group, instrumentId } = from;
  if (group === null || issueOf(group) !== instrumentId) return false;
  changeGroup(group, instrumentId, (draft) => ({
    ...draft,
    priceText,
    ...(isPriced(draft.type) ? {} : { type: 'limit' }),
    focus: { field: 'quantity', count: draft.focus.count + 1 },
  }));
  return true;
}
