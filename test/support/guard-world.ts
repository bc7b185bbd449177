/** Random worlds and random orders for the guard: a market, a desk and protections that are drawn anew, good and bad alike. */
import { DEFAULT_TRADING_SETTINGS, Protections, TradingGate } from '#core/trading/index.ts';
import { Guard } from '#core/trading/guard.ts';
import type { DeskState } from '#core/trading/desk-state.ts';
import {
  OrderSession,
  OrderType,
  ProtectionKind,
  TimeInForce,
  type Account,
  type IssueFacts,
  type NewOrder,
  type Order,
  type TradingStateName,
} from '#shared/domain/index.ts';
import type { Rng } from '#shared/rng/index.ts';
import { epochMs, kstInstant, PHASES, sessionDate, timeOfDayMs, type Phase } from '#shared/time/index.ts';
import { issueFacts, SAMSUNG, venueFacts } from './desk-stand.ts';

export const WORLD_DATE = sessionDate('2026-08-05');
export const WORLD_NOW = kstInstant(WORLD_DATE, timeOfDayMs('10:00'));
export const WORLD_ACCOUNT = 'one';
/** Known to nobody. */
export const GHOST = 'KRX:999999';

/** What was sent before: how long ago, and whether it was the very order that is asked now. */
export interface Sent {
  readonly agoMs: number;
  readonly isSame: boolean;
}

/** Everything that an order is judged by, as it was drawn. */
export interface World {
  state: TradingStateName;
  locked: boolean;
  issue: IssueFacts;
  currency: 'KRW' | 'USD';
  powerKrw: number;
  held: number;
  reserved: number;
  sent: readonly Sent[];
  unconfirmed: boolean;
  protection: { readonly kind: ProtectionKind; readonly buysOnly: boolean; readonly everywhere: boolean } | null;
}

const SHUT_OFTEN: readonly Phase[] = [
  'continuous',
  'continuous',
  'continuous',
  'openAuction',
  'closeAuction',
  'viAuction',
];

/** A world in which most things are as they should be, and a few are not. */
export function drawWorld(rng: Rng): World {
  const seldom = (part = 0.04): boolean => rng.unit() < part;
  const base = rng.pick([900, 1_990, 4_995, 10_000, 19_990, 49_950, 75_000, 199_900, 350_000, 1_000_000]);
  const phase = seldom(0.15) ? rng.pick(PHASES) : rng.pick(SHUT_OFTEN);
  const around = (part: number): number => Math.max(1, Math.round(base * (1 + part * (rng.unit() - 0.5))));
  const last = seldom() ? null : around(0.3);
  const krx = venueFacts({
    phase,
    venuePhase: phase === 'viAuction' || phase === 'halted' ? 'continuous' : phase,
    last,
    bid: seldom() ? null : around(0.3),
    ask: seldom() ? null : around(0.3),
    preCloseOpen: seldom(),
    postCloseOpen: seldom(),
  });
  const nxtPhase = rng.pick(['continuous', 'preMarket', 'break', 'closed'] as const);
  const onNxt = rng.unit() < 0.5;
  const { instrument } = issueFacts();
  return {
    state: seldom() ? rng.pick(['halted', 'reducing'] as const) : 'active',
    locked: seldom(0.02),
    issue: issueFacts({
      instrument: {
        ...instrument,
        id: SAMSUNG,
        basePrice: base,
        listedShares: rng.pick([null, 3_000_000, 100_000_000]),
      },
      sessionDate: WORLD_DATE,
      inMarket: !seldom(0.02),
      krx,
      nxt: onNxt ? { ...krx, phase: nxtPhase, venuePhase: nxtPhase } : null,
      onNxt,
      halted: phase === 'halted' || seldom(0.02),
      base,
      upperLimit: Math.floor(base * 1.3),
      lowerLimit: Math.ceil(base * 0.7),
      last,
      staleSince: seldom(0.03) ? epochMs(WORLD_NOW - 5_000) : null,
    }),
    currency: seldom(0.02) ? 'USD' : 'KRW',
    powerKrw: rng.pick([0, 100_000, 10_000_000, 1_000_000_000, 100_000_000_000]),
    held: rng.pick([0, 10, 1_000, 100_000_000]),
    reserved: rng.pick([0, 0, 5, 900]),
    // Oldest first, as they were sent.
    sent: Array.from({ length: rng.pick([0, 0, 1, 2, 4, 5, 59, 60]) }, () => ({
      agoMs: rng.int(rng.pick([900, 4_000, 60_500])),
      isSame: seldom(0.1),
    })).sort((a, b) => b.agoMs - a.agoMs),
    unconfirmed: seldom(),
    protection: seldom(0.3)
      ? { kind: rng.pick(ProtectionKind.options), buysOnly: rng.unit() < 0.3, everywhere: rng.unit() < 0.5 }
      : null,
  };
}

/** An order: usually of an ordinary kind near the price, often not. */
export function drawOrder(rng: Rng, { issue }: World): NewOrder & { readonly automated: boolean } {
  const usual = rng.unit() < 0.75;
  const type = usual ? rng.pick(['limit', 'limit', 'limit', 'market'] as const) : rng.pick(OrderType.options);
  const tick = rng.pick([1, 5, 10, 50, 100, 500, 1_000]);
  const near = Math.round(((issue.last ?? issue.base) * (0.65 + rng.unit() * 0.7)) / tick) * tick;
  const price = Math.max(1, rng.unit() < 0.03 ? near * 100 : near);
  const takesPrice = type === 'limit' || type === 'conditionalLimit' || type === 'stopLimit' || type === 'offHours';
  const wrongly = rng.unit() < 0.05;
  return {
    requestId: 'fuzz-0001',
    accountId: WORLD_ACCOUNT,
    instrumentId: rng.unit() < 0.02 ? GHOST : SAMSUNG,
    side: rng.pick(['buy', 'sell'] as const),
    type,
    timeInForce: usual ? 'day' : rng.pick(TimeInForce.options),
    session: usual ? 'regular' : rng.pick(OrderSession.options),
    route: rng.pick(['KRX', 'KRX', 'KRX', 'NXT', 'SOR'] as const),
    price: takesPrice === wrongly ? null : price,
    stopPrice: (type === 'stopLimit') === wrongly ? null : near,
    quantity: rng.pick([1, 7, 10, 999, 1_000, 50_000, 1_000_001, 10_000_001, 1_000_000_000]),
    allowDuplicate: rng.unit() < 0.3,
    automated: rng.unit() < 0.3,
  };
}

/** Ids of an earlier order that is the one now asked, and of one that is another. */
const SAME = 'same';
const OTHER = 'other';

interface Entry {
  readonly ts: number;
  readonly orderId: string;
  readonly isNew: boolean;
}

/** The desk's books as far as the guard reads them. */
function booksOf(now: () => World, sent: () => readonly Entry[], earlier: () => readonly { readonly order: Order }[]) {
  const accountOf = ({ currency, powerKrw }: World): Account => ({
    accountId: WORLD_ACCOUNT,
    name: '시험',
    environment: 'simulation',
    kind: 'cash',
    currency,
    startingCashKrw: 0,
    cashD0Krw: powerKrw,
    cashD1Krw: powerKrw,
    cashD2Krw: powerKrw,
    reservedKrw: 0,
    buyingPowerKrw: powerKrw,
    marginPowerKrw: powerKrw,
    unpaidKrw: 0,
    frozenUntil: null,
    sessionDate: WORLD_DATE,
    d1Date: '2026-08-06',
    d2Date: '2026-08-07',
    createdTs: 0,
  });
  let [of, account] = [now(), accountOf(now())];
  return {
    account: () => {
      if (of !== now()) [of, account] = [now(), accountOf(now())];
      return account;
    },
    holding: () => ({ quantity: now().held }),
    reservedQty: () => now().reserved,
    openRecords: () => [],
    hasUnconfirmed: () => now().unconfirmed,
    record: (orderId: string) => earlier()[orderId === SAME ? 0 : 1],
    recent: { since: () => sent() },
  };
}

/** The guard itself over worlds that are put under it one after another. */
export class GuardWorld {
  readonly #guard: Guard;
  readonly #gate = new TradingGate();
  readonly #protections = new Protections();
  #world: World;
  #sent: readonly Entry[] = [];
  /** The order asked as it would have been sent before, and another one. */
  #earlier: readonly { readonly order: Order }[] = [];

  constructor(first: World) {
    this.#world = first;
    const books = booksOf(
      () => this.#world,
      () => this.#sent,
      () => this.#earlier,
    );
    this.#guard = new Guard({
      state: books as unknown as DeskState,
      gate: this.#gate,
      market: {
        facts: (id) => (id === SAMSUNG ? this.#world.issue : undefined),
        exchangeNow: () => WORLD_NOW,
      },
      settings: () => DEFAULT_TRADING_SETTINGS,
      protections: this.#protections,
    });
    this.put(first);
  }

  put(world: World): void {
    this.#world = world;
    this.#sent = world.sent.map(({ agoMs, isSame }) => ({
      ts: WORLD_NOW - agoMs,
      orderId: isSame ? SAME : OTHER,
      isNew: true,
    }));
    this.#gate.move(world.state);
    this.#gate.setLocked(world.locked);
    this.#protections.lift('fuzz');
    if (!world.protection) return;
    const { kind, buysOnly, everywhere } = world.protection;
    const forAll = { protectionId: 'fuzz', fromTs: WORLD_NOW, forMs: 60_000, whyKo: '시험', whyEn: 'test' };
    this.#protections.put({ ...forAll, kind, buysOnly, instrumentId: everywhere ? null : SAMSUNG });
  }

  /** null: it passes. */
  judge(order: NewOrder & { readonly automated: boolean }): string | null {
    const { automated, ...asked } = order;
    this.remember(asked);
    return this.verdict(asked, automated);
  }

  /** What an earlier order would have been like. */
  remember(asked: NewOrder): void {
    const before = { ...asked, state: 'open' } as unknown as Order;
    this.#earlier = [{ order: before }, { order: { ...before, side: before.side === 'buy' ? 'sell' : 'buy' } }];
  }

  /** The judgement alone: what a bench measures. */
  verdict(asked: NewOrder, automated: boolean): string | null {
    const verdict = this.#guard.checkSubmit(asked, { automated, now: WORLD_NOW, orderId: 'asked' });
    return 'denial' in verdict ? verdict.denial.code : null;
  }
}
