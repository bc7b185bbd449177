/** The kinds of order that the ticket offers now, and the one it holds. */
import { useMemo } from 'react';
import {
  currencyOf,
  type Instrument,
  type OrderSession,
  type OrderType,
  productOf,
  type Quote,
  type Route,
  type TimeInForce,
} from '#shared/domain/index.ts';
import { DERIVATIVE_CODES, derivativeKindRefusal, sessionInPhase, type KindReason } from '#shared/market/index.ts';
import { takesOrders, type Phase } from '#shared/time/index.ts';
import { choicesOf, type Offer, sessionFor, startTime, timeOffers, typeOffers } from '../../../client/order-choices.ts';
import { useCore } from '../../../store/core.ts';
import type { DraftState } from '../../../store/draft.ts';
import { parseWhole } from '../../../ui/parse.ts';

/** ORD_DVSN of a limit order, at home and abroad. */
const LIMIT = '00';

export interface Choices {
  readonly types: readonly Offer<OrderType>[];
  readonly times: readonly Offer<TimeInForce>[];
  /** Where the order goes: KRX where the issue trades nowhere else. */
  readonly route: Route;
  readonly session: OrderSession;
  /** Of the issue on the venue that the order goes to. */
  readonly phase: Phase;
  /** Of the draft as it stands; null: no code stands for it. */
  readonly code: string | null;
  /** Why the exchange does not take the draft's kind now; null where it does. */
  readonly reason: KindReason | null;
  /** The time in force that another type starts with. */
  readonly startTime: (type: OrderType) => TimeInForce;
}

/** What an exchange abroad and the bond market take: limit orders of the day, in every part of their own day that takes any. */
function limitChoices(phase: Phase): Choices {
  const reason: KindReason | null = phase === 'halted' ? 'HALTED' : takesOrders(phase) ? null : 'SESSION';
  const offer = { code: LIMIT, reason, session: 'regular' } as const;
  return {
    types: [{ value: 'limit', ...offer }],
    times: [{ value: 'day', ...offer }],
    route: 'KRX',
    session: 'regular',
    phase,
    code: LIMIT,
    reason,
    startTime: () => 'day',
  };
}

/** What futures and options take, by their own table and in the part of their own day. */
function contractChoices({ type, timeInForce }: Pick<DraftState, 'type' | 'timeInForce'>, phase: Phase): Choices {
  const session = sessionInPhase(phase);
  const rows = DERIVATIVE_CODES.map((row) => ({ row, reason: derivativeKindRefusal(row, { phase, session }) }));
  const offerOf = <Value extends string>(value: Value, { row, reason }: (typeof rows)[number]): Offer<Value> => ({
    value,
    code: row.code,
    reason,
    session,
  });
  const types = [...new Set(rows.map(({ row }) => row.type))].flatMap((value): Offer<OrderType>[] => {
    const own = rows.filter(({ row }) => row.type === value);
    const best = own.find(({ row }) => row.timeInForce === timeInForce) ?? own[0];
    return best ? [offerOf(value, best)] : [];
  });
  const times = rows
    .filter(({ row }) => row.type === type)
    .map((each): Offer<TimeInForce> => offerOf(each.row.timeInForce, each));
  const held = times.find(({ value }) => value === timeInForce);
  const has = (next: OrderType): boolean =>
    rows.some(({ row }) => row.type === next && row.timeInForce === timeInForce);
  return {
    types,
    times,
    route: 'KRX',
    session,
    phase,
    code: held?.code ?? null,
    reason: held?.reason ?? null,
    startTime: (next) => (has(next) ? timeInForce : 'day'),
  };
}

export function useChoices(
  draft: DraftState,
  of: { readonly quote: Quote | undefined; readonly instrument: Instrument | undefined },
): Choices {
  const status = useCore((state) => state.moment);
  const { quote, instrument } = of;
  const { type, timeInForce, side, priceText } = draft;
  const route: Route = quote?.nxt ? draft.route : 'KRX';
  return useMemo(() => {
    const krxPhase = status?.phase ?? 'closed';
    const phase = (route === 'NXT' ? quote?.nxt?.phase : quote?.phase) ?? krxPhase;
    const session = sessionFor({ route, krxPhase, type, timeInForce });
    if (quote && (currencyOf(quote.instrumentId) !== 'KRW' || productOf(quote.instrumentId) === 'bond'))
      return limitChoices(quote.phase);
    if (quote && productOf(quote.instrumentId) === 'derivative')
      return contractChoices({ type, timeInForce }, quote.phase);
    if (!status || !quote) {
      return { types: [], times: [], route, session, phase, code: null, reason: null, startTime: () => timeInForce };
    }
    const choices = choicesOf({ status, quote, instrument, route, side, price: parseWhole(priceText) });
    const after = route === 'KRX' && krxPhase === 'afterMarket';
    const types = typeOffers(choices, { timeInForce, after, route });
    const times = timeOffers(choices, { type, after, route });
    const held = times.find((time) => time.value === timeInForce);
    return {
      types,
      times,
      route,
      session,
      phase,
      code: held?.code ?? null,
      reason: held?.reason ?? null,
      startTime: (next: OrderType) => startTime(choices, { type: next, timeInForce, after, route }),
    };
  }, [status, quote, instrument, route, type, timeInForce, side, priceText]);
}
