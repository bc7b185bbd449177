/** Which kinds of orders futures and options take, under which codes of the broker, and when. */
import facts from '#resources/krx/derivative-hours.json' with { type: 'json' };
import type { OrderSession, OrderType, TimeInForce } from '../../domain/index.ts';
import { isContinuous, type Phase } from '../../time/index.ts';

/** One kind of order in the broker's words. */
export interface DerivativeCodeRow {
  /** ORD_DVSN_CD. */
  readonly code: string;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** NMPR_TYPE_CD and KRX_NMPR_CNDT_CD. */
  readonly quote: string;
  readonly condition: string;
  readonly nameKo: string;
}

type Row = DerivativeCodeRow & { readonly inAuction: boolean; readonly inClosing: boolean; readonly inNight: boolean };

const ROWS = facts.orderTypes.codes as readonly Row[];

/** Every kind, in the order of its codes. @source resources/krx/derivative-hours.json orderTypes */
export const DERIVATIVE_CODES: readonly DerivativeCodeRow[] = ROWS;

/** The row of a kind; null: there is no such order on a future or option. */
export function derivativeCodeOf(kind: {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: string;
  readonly route: string;
}): DerivativeCodeRow | null {
  if (kind.session === 'after' || kind.route !== 'KRX') return null;
  return ROWS.find(({ type, timeInForce }) => type === kind.type && timeInForce === kind.timeInForce) ?? null;
}

/** The market that an order of this moment is for: the night has orders of its own. */
export function sessionInPhase(phase: Phase): OrderSession & ('regular' | 'night') {
  return phase === 'night' ? 'night' : 'regular';
}

/**
 * Why a kind is not taken in a part of the day; null: it is. An order for the day is none for the night, and the other way
 * round.
 */
export function derivativeKindRefusal(
  row: DerivativeCodeRow,
  at: { readonly phase: Phase; readonly session: OrderSession },
): 'SESSION' | 'TYPE' | null {
  const { phase, session } = at;
  const { inAuction, inClosing, inNight } = row as Row;
  if (session !== sessionInPhase(phase)) return 'SESSION';
  if (phase === 'night') return inNight ? null : 'TYPE';
  if (isContinuous(phase)) return null;
  if (phase === 'openAuction' || phase === 'viAuction' || phase === 'reopenAuction') return inAuction ? null : 'TYPE';
  if (phase === 'closeAuction') return inClosing ? null : 'TYPE';
  return 'SESSION';
}
