/** Orders that got a number and were refused afterwards: only a fault makes them, so that clients can be tried. */
import type { ExchangeOrder } from '../../simulator/index.ts';

export interface Ghost {
  readonly no: string;
  readonly order: ExchangeOrder;
  readonly text: string;
}

/** The next number of an order that never reaches the exchange. */
export class Ghosts {
  readonly list: Ghost[] = [];

  add(order: Omit<ExchangeOrder, 'brokerOrderNo'>, text: string): Ghost {
    const no = `7${String(this.list.length + 1).padStart(9, '0')}`;
    const ghost: Ghost = { no, text, order: { ...order, brokerOrderNo: no } };
    this.list.push(ghost);
    return ghost;
  }
}
