/** Which kinds of orders futures and options take, under which codes of the broker, and when. */
import facts from '#resources/krx/derivative-hours.json' with { type: 'json' };
import type { OrderType, TimeInForce } from '../../domain/index.ts';
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

type Row = DerivativeCodeRow & { readonly inAuction: boolean; readonly inClosing: boolean };

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
  if (kind.session !== 'regular' || kind.route !== 'KRX') return null;
  return ROWS.find(({ type, timeInForce }) => type === kind.type && timeInForce === kind.timeInForce) ?? null;
}

/** Why a kind is not taken in a part of the day; null: it is. */
export function derivativeKindRefusal(row: DerivativeCodeRow, phase: Phase): 'SESSION' | 'TYPE' | null {
  if (isContinuous(phase)) return null;
  const { inAuction, inClosing } = row as Row;
  if (phase === 'openAuction' || phase === 'viAuction' || phase === 'reopenAuction') return inAuction ? null : 'TYPE';
  if (phase === 'closeAuction') return inClosing ? null : 'TYPE';
  return 'SESSION';
}
