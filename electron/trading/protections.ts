/** What stands against new orders for a while because of a threat. The guard asks it after its own rules; cancels never do. */
import type {
  Denial,
  InstrumentId,
  IssueFacts,
  NewOrder,
  OrderType,
  Protection,
  ProtectionKind,
  Side,
} from '#shared/domain/index.ts';
import { OVERRIDE_PHRASE } from '#shared/errors/index.ts';
import { isContinuous, kstTimeText, epochMs } from '#shared/time/index.ts';
import { termsFor } from './issue-terms.ts';

/** How far through the best opposite price an order may reach while a collar stands. */
const COLLAR_PART = 0.01;
/** An override holds so long, for one order. */
const OVERRIDE_MS = 60_000;
/** Protections at once: more than that would be a fault of whoever puts them up. */
const MOST = 500;

/** What of an order is looked at. */
export interface ProtectedOrder {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly price: number | null;
  readonly automated: boolean;
}

/** A protection as it is asked for; the rest is filled in. */
export type NewProtection = Pick<Protection, 'kind' | 'whyKo' | 'whyEn'> &
  Partial<Pick<Protection, 'accountId' | 'instrumentId' | 'buysOnly'>> & {
    readonly protectionId: string;
    readonly fromTs: number;
    /** How long it stands; null: until it is taken down. */
    readonly forMs: number | null;
  };

interface Allowance {
  readonly accountId: string | null;
  readonly instrumentId: InstrumentId | null;
  readonly untilTs: number;
}

/** The worst price in won that an order may have while a collar stands, on the tick and within the limits. */
export function collarPrice(side: Side, issue: IssueFacts): number {
  const { krx, nxt, last, base, upperLimit, lowerLimit } = issue;
  const terms = termsFor(issue);
  if (side === 'buy') {
    const far = krx.ask ?? nxt?.ask ?? last ?? base;
    return Math.min(upperLimit, terms.tickAround(Math.round(far * (1 + COLLAR_PART)))?.below ?? far);
  }
  const far = krx.bid ?? nxt?.bid ?? last ?? base;
  return Math.max(lowerLimit, terms.tickAround(Math.round(far * (1 - COLLAR_PART)))?.above ?? far);
}

const clockOf = (ts: number | null): string => (ts === null ? '풀릴 때' : kstTimeText(epochMs(ts)));

export class Protections {
  readonly #standing = new Map<string, Protection>();
  readonly #watchers = new Set<(all: readonly Protection[]) => void>();
  /** The order that is being judged and must not pass. */
  #blocked: { readonly orderId: string; readonly whyKo: string } | null = null;
  #allowances: Allowance[] = [];

  /** Those that stand at wall time `now`; what has run out is taken down. */
  all(now: number): readonly Protection[] {
    this.#sweep(now);
    return [...this.#standing.values()];
  }

  /** Whether anything stands against any order. */
  get any(): boolean {
    return this.#blocked !== null || this.#standing.size > 0;
  }

  get(protectionId: string): Protection | undefined {
    return this.#standing.get(protectionId);
  }

  /** Told of every change, until the returned function is called. */
  watch(listener: (all: readonly Protection[]) => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  /** Puts one up, effective when this returns. One that stands under the same id is replaced. */
  put(wish: NewProtection): Protection {
    const { forMs, fromTs, accountId = null, instrumentId = null, buysOnly = false, ...rest } = wish;
    const untilTs = forMs === null ? null : fromTs + forMs;
    const protection: Protection = { ...rest, accountId, instrumentId, buysOnly, fromTs, untilTs };
    if (!this.#standing.has(wish.protectionId) && this.#standing.size >= MOST) {
      const [oldest] = this.#standing.keys();
      if (oldest !== undefined) this.#standing.delete(oldest);
    }
    this.#standing.set(wish.protectionId, protection);
    this.#tell();
    return protection;
  }

  /** Takes one down; false: it did not stand. */
  lift(protectionId: string): boolean {
    const stood = this.#standing.delete(protectionId);
    if (stood) this.#tell();
    return stood;
  }

  /** The order that is about to be judged under this id is not to pass. */
  blockOrder(orderId: string, whyKo: string): void {
    this.#blocked = { orderId, whyKo };
  }

  /** The user's typed word for one order on an issue or account, within a minute of `now`; when that ends. */
  allow(on: { readonly accountId: string | null; readonly instrumentId: InstrumentId | null }, now: number): number {
    const { accountId, instrumentId } = on;
    const untilTs = now + OVERRIDE_MS;
    this.#allowances.push({ accountId, instrumentId, untilTs });
    return untilTs;
  }

  /** Why an order is not to pass at wall time `now`, or null. `orderId` null: a draft. */
  denial(
    order: ProtectedOrder,
    facts: { readonly orderId: string | null; readonly issue: IssueFacts; readonly now: number },
  ): Denial | null {
    const { orderId, issue, now } = facts;
    const blocked = this.#blocked;
    if (!this.any) return null;
    const allowed = this.#allowances.some((each) => each.untilTs > now && covers(each, order));
    if (blocked !== null && orderId === blocked.orderId && !allowed) return denyBlocked(blocked.whyKo);
    this.#sweep(now);
    for (const protection of this.#standing.values()) {
      const denial = covers(protection, order) ? judge(protection, order, issue) : null;
      if (denial === null || (allowed && protection.kind === 'block')) continue;
      return denial;
    }
    return null;
  }

  /** An order has passed: an override that let it do so is used up. */
  passed(order: Pick<ProtectedOrder, 'accountId' | 'instrumentId'>): void {
    if (this.#allowances.length === 0) return;
    const used = this.#allowances.findIndex((each) => covers(each, order));
    if (used >= 0) this.#allowances.splice(used, 1);
  }

  /** A market order of an automation becomes a limit order at the collar's price; what a hand asked is never changed. */
  shaped(order: NewOrder, issue: IssueFacts | undefined): NewOrder {
    if (order.type !== 'market' || !issue || this.#standing.size === 0) return order;
    for (const protection of this.#standing.values())
      if (protection.kind === 'collar' && covers(protection, order))
        return { ...order, type: 'limit', price: collarPrice(order.side, issue) };
    return order;
  }

  /** Takes down what waits for an issue's continuous trading, where it has come. */
  reviewAuctions(phaseOf: (id: InstrumentId) => IssueFacts | undefined): readonly string[] {
    const over: string[] = [];
    for (const { protectionId, kind, instrumentId } of this.#standing.values()) {
      const issue = kind === 'auction' && instrumentId !== null ? phaseOf(instrumentId) : undefined;
      if (issue && !issue.halted && isContinuous(issue.krx.phase)) over.push(protectionId);
    }
    for (const protectionId of over) this.lift(protectionId);
    return over;
  }

  #sweep(now: number): void {
    let changed = false;
    for (const { protectionId, untilTs } of this.#standing.values())
      if (untilTs !== null && untilTs <= now) changed = this.#standing.delete(protectionId) || changed;
    if (this.#allowances.length > 0) this.#allowances = this.#allowances.filter(({ untilTs }) => untilTs > now);
    if (changed) this.#tell();
  }

  #tell(): void {
    const all = [...this.#standing.values()];
    for (const listener of [...this.#watchers]) listener(all);
  }
}

/** Protections that a typed word lets one order past. */
export function isOverridable(kind: ProtectionKind): boolean {
  return kind === 'block';
}

function covers(
  { accountId, instrumentId }: { readonly accountId: string | null; readonly instrumentId: InstrumentId | null },
  order: Pick<ProtectedOrder, 'accountId' | 'instrumentId'>,
): boolean {
  return (
    (accountId === null || accountId === order.accountId) &&
    (instrumentId === null || instrumentId === order.instrumentId)
  );
}

const denyBlocked = (why: string): Denial => ({ code: 'GUARD_BLOCKED', params: { why, phrase: OVERRIDE_PHRASE } });

function judge(protection: Protection, order: ProtectedOrder, issue: IssueFacts): Denial | null {
  const { kind, buysOnly, untilTs, whyKo: why } = protection;
  if (buysOnly && order.side === 'sell') return null;
  const until = clockOf(untilTs);
  switch (kind) {
    case 'collar':
      return judgeCollar(order, issue, { why, until });
    case 'auction': {
      const release = issue.krx.interruption?.untilTs ?? null;
      const params = { why, release: release === null ? '시각 미정' : clockOf(release) };
      return order.type === 'market' ? { code: 'GUARD_AUCTION_MODE', params } : null;
    }
    case 'block':
      return denyBlocked(why);
    case 'cooling':
      return order.side === 'buy' ? { code: 'GUARD_COOLING', params: { until, why } } : null;
    case 'freeze':
      return order.automated ? { code: 'GUARD_FROZEN', params: { why } } : null;
  }
}

function judgeCollar(
  order: ProtectedOrder,
  issue: IssueFacts,
  words: { readonly why: string; readonly until: string },
): Denial | null {
  const price = collarPrice(order.side, issue);
  const through =
    order.price !== null &&
    (order.side === 'buy' ? order.price > price : order.price < price) &&
    (order.type === 'limit' || order.type === 'conditionalLimit');
  return order.type === 'market' || through ? { code: 'GUARD_COLLARED', params: { price, ...words } } : null;
}
