/** What the environment in force lacks, by what the ticket offers: a thing that is not there stays in sight with the reason. */
import {
  foreignExchangeOf,
  isFutureAbroad,
  productOf,
  type EnvironmentStatus,
  type Lack,
  type OrderSession,
  type OrderType,
  type Route,
  type TimeInForce,
} from '#shared/domain/index.ts';
import { ORDER_CODES } from '#shared/market/index.ts';
import { useEnvironment } from '../store/environment.ts';

type Lacks = EnvironmentStatus['lacks'];

const NONE: Lacks = [];

/** The name of a kind of order among the lacks: "order.mid.ioc", "order.limit.day.after". */
function kindName(kind: {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
}): string {
  return `order.${kind.type}.${kind.timeInForce}${kind.session === 'after' ? '.after' : ''}`;
}

/** The lack of one kind of order; null where the environment has it. */
export function kindLack(
  lacks: Lacks,
  kind: { readonly type: OrderType; readonly timeInForce: TimeInForce; readonly session: OrderSession },
): Lack | null {
  const names = [`order.${kind.type}`, kindName(kind)];
  return lacks.find(({ what }) => names.includes(what)) ?? null;
}

/** The lack of a type: of itself, or of every kind of order that it stands in; null where some kind can be sent. */
export function typeLack(lacks: Lacks, type: OrderType): Lack | null {
  if (lacks.length === 0) return null;
  const kinds = ORDER_CODES.filter((row) => row.type === type).map((row) => kindLack(lacks, row));
  const [first] = kinds;
  return kinds.every((lack) => lack !== null) ? (first ?? null) : null;
}

export function routeLack(lacks: Lacks, route: Route): Lack | null {
  return lacks.find(({ what }) => what === `route.${route}`) ?? null;
}

/** That the environment has no night; null where it has one. */
export function nightLack(lacks: Lacks): Lack | null {
  return lacks.find(({ what }) => what === 'session.night') ?? null;
}

/** What an issue is among the lacks. */
function kindOf(instrumentId: string): string {
  if (isFutureAbroad(instrumentId)) return 'futureAbroad';
  return foreignExchangeOf(instrumentId) === null ? productOf(instrumentId) : 'abroad';
}

/** Why an issue cannot be ordered in an environment; null where it can. */
export function tradeLack(lacks: Lacks, instrumentId: string): Lack | null {
  const kind = kindOf(instrumentId);
  return lacks.find(({ what }) => what === `trade.${kind}` || what === `market.${kind}`) ?? null;
}

/** Why an environment has not even prices of an issue; null where it has. */
export function marketLack(lacks: Lacks, instrumentId: string): Lack | null {
  const kind = kindOf(instrumentId);
  return lacks.find(({ what }) => what === `market.${kind}`) ?? null;
}

/** The lacks of the environment in force; none until the core has told it. */
export function useLacks(): Lacks {
  return useEnvironment((state) => state.status?.lacks ?? NONE);
}
