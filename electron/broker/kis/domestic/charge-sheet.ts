/** What executions cost: KIS tells no charges by execution, so they are computed from the rates of the day. */
import type { Instrument, InstrumentId, VenueName } from '#shared/domain/index.ts';
import { chargesOn, phaseAt, type LiquidityRole, type TradedPart } from '#shared/market/index.ts';
import { isAuction, SECOND_MS } from '#shared/time/index.ts';
import type { BrokerExecution } from '../../broker.ts';
import type { FillPart } from './fill-account.ts';
import type { KnownOrder } from './known-order.ts';
import type { SessionClock } from './session-clock.ts';

type Totals = Pick<
  BrokerExecution,
  'cumulativeQty' | 'cumulativeValue' | 'cumulativeCommissionKrw' | 'cumulativeTaxKrw'
>;

export class ChargeSheet {
  readonly #find: (id: InstrumentId) => Instrument | undefined;
  readonly #clock: SessionClock;

  constructor(parts: { readonly find: (id: InstrumentId) => Instrument | undefined; readonly clock: SessionClock }) {
    this.#find = parts.find;
    this.#clock = parts.clock;
  }

  /** Totals of an order number after its execution at `place`; of an issue that is not known, as of a KOSPI stock. */
  until(order: KnownOrder, place: number): Totals {
    const { instrumentId, side, date, exchangeTs } = order.facts;
    const instrument = this.#find(instrumentId);
    const ways = new Map<string, { value: number; venue: VenueName; role: LiquidityRole }>();
    let quantity = 0;
    let value = 0;
    for (const part of order.fills.parts.slice(0, place + 1)) {
      const role = this.#roleOf(part, exchangeTs);
      const key = `${part.venue} ${role}`;
      const way = ways.get(key) ?? { value: 0, venue: part.venue, role };
      way.value += part.price * part.quantity;
      ways.set(key, way);
      quantity += part.quantity;
      value += part.price * part.quantity;
    }
    const parts: readonly TradedPart[] = [...ways.values()];
    const { commissionKrw, taxKrw } = chargesOn({
      cumulativeValue: value,
      side,
      market: instrument?.priceScale === 0 ? instrument.market : 'KOSPI',
      product: instrument?.product ?? 'stock',
      date,
      parts,
    });
    return {
      cumulativeQty: quantity,
      cumulativeValue: value,
      cumulativeCommissionKrw: commissionKrw,
      cumulativeTaxKrw: taxKrw,
    };
  }

  /** The broker does not say who was there first: what traded within a second of the receipt took, what came later was waiting. */
  #roleOf(part: FillPart, receivedTs: number): LiquidityRole {
    const { krx, nxt, date } = this.#clock.day();
    const schedule = part.venue === 'KRX' ? krx : nxt;
    if (schedule && date === krx.date && isAuction(phaseAt(schedule, part.exchangeTs))) return 'auction';
    return part.exchangeTs - receivedTs <= SECOND_MS ? 'taker' : 'maker';
  }
}
