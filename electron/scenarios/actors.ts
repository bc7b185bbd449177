/** Who trades in a run: scripted orders at their times, and standing rules that act by themselves under their bounds. */
import type { NewOrder, RuleCondition, ScenarioActor, ScenarioDocument, Side } from '#shared/domain/index.ts';
import { krxId, timeOfDayMs } from '#shared/domain/index.ts';
import { roundToTick, tickTable } from '#shared/market/index.ts';
import { kstInstant, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { World } from './world/world.ts';

/** What actors are told of an account: the firm's books, won. */
export interface AccountNow {
  readonly equityKrw: number;
  readonly startKrw: number;
  readonly cashKrw: number;
  held(code: string): { readonly quantity: number; readonly costKrw: number } | null;
}

export interface ActorParts {
  readonly document: ScenarioDocument;
  readonly world: World;
  /** By the document's name of it. */
  readonly account: (name: string) => AccountNow;
  readonly now: () => EpochMs;
  readonly told: (line: { readonly ko: string; readonly en: string }) => void;
  readonly nameOf: (code: string) => string;
}

type Price = Extract<ScenarioActor, { readonly kind: 'orders' }>['orders'][number]['price'];
type Rule = Extract<ScenarioActor, { readonly kind: 'rule' }>;

interface Standing {
  readonly rule: Rule;
  left: number;
  nextTs: number;
}

interface Scripted {
  readonly ts: number;
  readonly account: string;
  readonly order: { readonly issue: string; readonly side: Side; readonly quantity: number; readonly price: Price };
  readonly automated: boolean;
}

const SIDE_KO = { buy: '매수', sell: '매도' } as const;
const PLAIN = { timeInForce: 'day', session: 'regular', route: 'KRX', stopPrice: null } as const;
/** Part of the cash that a purchase by percent leaves for charges. */
const FOR_CHARGES = 0.999;

/** Every order goes to the desk as a hand's or a mandate's would, and passes its guard. */
export class Actors {
  readonly #parts: ActorParts;
  readonly #standing: readonly Standing[];
  #scripted: Scripted[] = [];
  #requests = 0;

  constructor(parts: ActorParts) {
    this.#parts = parts;
    this.#standing = parts.document.actors
      .filter((actor) => actor.kind === 'rule')
      .map((rule) => ({ rule, left: rule.times, nextTs: 0 }));
  }

  /** Orders of a day of the scenario, from 1. */
  openDay(day: number, date: SessionDate): void {
    this.#scripted = this.#parts.document.actors
      .flatMap((actor) =>
        actor.kind === 'orders' ? actor.orders.map((order) => ({ order, account: actor.account })) : [],
      )
      .filter(({ order }) => (order.day ?? 1) === day)
      .map(({ order, account }) => ({ ts: kstInstant(date, timeOfDayMs(order.at)), account, order, automated: false }))
      .sort((a, b) => a.ts - b.ts);
  }

  /** When a scripted order is next due; Infinity: none today. */
  get nextTs(): number {
    return this.#scripted[0]?.ts ?? Number.POSITIVE_INFINITY;
  }

  /** Orders whose time has come, and rules whose condition holds. */
  turn(): void {
    const now = this.#parts.now();
    while ((this.#scripted[0]?.ts ?? Number.POSITIVE_INFINITY) <= now) {
      const next = this.#scripted.shift();
      if (next) this.#send(next);
    }
    for (const standing of this.#standing) this.#judge(standing, now);
  }

  /** An order that nobody of the scenario's people asked for: a rogue automation. */
  rogue(order: Scripted['order'], account: string): void {
    this.#send({ ts: 0, account, order, automated: true });
  }

  #judge(standing: Standing, now: number): void {
    const { rule } = standing;
    if (standing.left === 0 || now < standing.nextTs || !this.#holds(rule.when, rule.account)) return;
    const { side, issue, percent, quantity, price } = rule.then;
    const account = this.#parts.account(rule.account);
    const held = account.held(issue)?.quantity ?? 0;
    const last = this.#last(issue);
    const part = (percent ?? 100) / 100;
    const bought = last > 0 ? Math.floor((account.cashKrw * part * FOR_CHARGES) / last) : 0;
    const wanted = quantity ?? (side === 'sell' ? Math.ceil(held * part) : bought);
    const units = side === 'sell' ? Math.min(wanted, held) : wanted;
    if (units <= 0) return;
    standing.left -= 1;
    standing.nextTs = now + rule.everySeconds * 1_000;
    const { nameOf, told } = this.#parts;
    told({
      ko: `규칙 '${rule.name}'의 조건이 맞아 ${nameOf(issue)} ${units}주 ${SIDE_KO[side]}`,
      en: `Rule '${rule.name}' met: ${side} ${units} of ${nameOf(issue)}`,
    });
    this.#send({ ts: now, account: rule.account, order: { issue, side, quantity: units, price }, automated: true });
  }

  #holds(when: RuleCondition, name: string): boolean {
    const value = this.#measure(when, name);
    if (value === null) return false;
    return (
      (when.atOrBelow === undefined || value <= when.atOrBelow) &&
      (when.atOrAbove === undefined || value >= when.atOrAbove)
    );
  }

  /** null while it is not known: a rule never acts on a missing price. */
  #measure(when: RuleCondition, name: string): number | null {
    const account = this.#parts.account(name);
    switch (when.measure) {
      case 'price':
        return this.#last(when.issue) || null;
      case 'positionReturn': {
        const held = account.held(when.issue);
        const last = this.#last(when.issue);
        if (!held || held.quantity === 0 || held.costKrw === 0 || last === 0) return null;
        return ((last * held.quantity) / held.costKrw - 1) * 100;
      }
      case 'accountReturn':
        return account.startKrw > 0 ? (account.equityKrw / account.startKrw - 1) * 100 : null;
      case 'indexChange': {
        const state = this.#parts.world.simulator.markets().find(({ market }) => market === when.market);
        return state?.indexChangePpm === null || state === undefined ? null : state.indexChangePpm / 10_000;
      }
    }
  }

  #last(code: string): number {
    return this.#parts.world.simulator.issue(krxId(code))?.last ?? 0;
  }

  #send({ account, order }: Scripted): void {
    const { world, told, nameOf } = this.#parts;
    const accountId = world.accountIds.get(account);
    if (accountId === undefined) return;
    const price = this.#priceOf(order);
    this.#requests += 1;
    const request: NewOrder = {
      ...PLAIN,
      requestId: `run-${String(this.#requests).padStart(8, '0')}`,
      accountId,
      instrumentId: krxId(order.issue),
      side: order.side,
      type: price === null ? 'market' : 'limit',
      price,
      quantity: order.quantity,
      allowDuplicate: false,
    };
    const what = `${nameOf(order.issue)} ${order.quantity}주 ${SIDE_KO[order.side]}`;
    const whatEn = `${order.side} ${order.quantity} of ${nameOf(order.issue)}`;
    const sent = world.hub.prepare(request.instrumentId).then(() => world.desk.submit(request));
    sent.then(
      ({ reason }) => {
        if (reason === null) told({ ko: `${what} 주문을 냈습니다.`, en: `Sent: ${whatEn}.` });
        else told({ ko: `${what} 주문이 막혔습니다: ${reason.messageKo}`, en: `Refused (${reason.code}): ${whatEn}.` });
      },
      (error: unknown) => told({ ko: `${what} 주문을 내지 못했습니다: ${String(error)}`, en: `Failed: ${whatEn}.` }),
    );
  }

  /** On tick and inside the day's limits; null: a market order. */
  #priceOf({ issue, price }: Scripted['order']): number | null {
    if (price === 'market') return null;
    if ('limit' in price) return price.limit;
    const { simulator } = this.#parts.world;
    const view = simulator.issue(krxId(issue));
    const listed = simulator.listed(krxId(issue));
    if (!view || !listed) return null;
    const wanted = (view.last || view.basePrice) * (1 + price.fromLastPct / 100);
    const inside = Math.max(view.lowerLimit, Math.min(view.upperLimit, Math.round(wanted)));
    return roundToTick(tickTable(listed.market, simulator.session().sessionDate), inside, 'down');
  }
}
