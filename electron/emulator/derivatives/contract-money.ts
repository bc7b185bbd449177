/** What may be opened and closed with the money of the derivatives account at the offline KIS. */
import { valueOf } from '#shared/market/index.ts';
import { marginOf, type ContractAccount } from './contract-account.ts';
import { contractId, type ListedContract } from './contract-listing.ts';
import type { ContractOrder, Seat } from './contract-terms.ts';

/** A purchase of options holds so much more than its premium, for its commission. */
const WITH_COMMISSION = 1.002;

/** What of the market the money is reckoned from. */
interface MoneyGround {
  readonly account: ContractAccount;
  readonly orders: readonly ContractOrder[];
  seat(code: string): Seat | undefined;
  price(contract: ListedContract): number;
  spot(contract: ListedContract): number;
}

type Side = ContractOrder['side'];

export class ContractMoney {
  readonly #market: MoneyGround;

  constructor(market: MoneyGround) {
    this.#market = market;
  }

  /** Contracts of a side that would close, less those that open orders are about to close. */
  closable(contract: ListedContract, side: Side): number {
    return Math.max(0, this.#held(contract, side) - sumOf(this.#waiting(contract, side)));
  }

  /** Contracts that may be opened on a side with the money there is; `price` 0: at the market. */
  openable(contract: ListedContract, side: Side, price: number): number {
    const each = this.#needOf(contract, side, price);
    return each <= 0 ? 0 : Math.max(0, Math.floor(this.free() / each));
  }

  /** What may be used for new positions, won. */
  free(): number {
    const { account } = this.#market;
    return account.cash + account.openGain((each) => this.#market.price(each)).futures - this.margin();
  }

  /** Held by positions and by open orders that would open, won. */
  margin(): number {
    const { account, orders } = this.#market;
    const positions = account.margin(
      (each) => this.#market.price(each),
      (each) => this.#market.spot(each),
    );
    return orders.reduce((sum, order) => sum + (order.status === 'open' ? this.#orderNeed(order) : 0), positions);
  }

  /** Units held that an order of a side would close. */
  #held({ code }: ListedContract, side: Side): number {
    const held = this.#market.account.held.get(code)?.quantity ?? 0;
    return Math.max(0, side === 'sell' ? held : -held);
  }

  #waiting({ code }: ListedContract, side: Side): readonly ContractOrder[] {
    return this.#market.orders.filter(
      (order) => order.status === 'open' && order.side === side && order.contract.code === code,
    );
  }

  #needOf(contract: ListedContract, side: Side, price: number): number {
    const { code, kind } = contract;
    const seat = this.#market.seat(code);
    if (!seat) return 0;
    const now = this.#market.price(contract);
    const counted = price > 0 ? price : side === 'buy' ? seat.upper : now;
    const isPaid = kind !== 'future' && side === 'buy';
    const premium = isPaid ? valueOf(contractId(contract), counted, 1) * WITH_COMMISSION : 0;
    const margin = marginOf({ contract, side, quantity: 1, price: now, spot: this.#market.spot(contract) });
    return Math.ceil(premium + margin);
  }

  #orderNeed(order: ContractOrder): number {
    const { contract, side, price, no } = order;
    // What waits before it closes first.
    const before = sumOf(this.#waiting(contract, side).filter((each) => each.no < no));
    const closes = Math.max(0, this.#held(contract, side) - before);
    return Math.max(0, sumOf([order]) - closes) * this.#needOf(contract, side, price);
  }
}

/** Units not yet filled. */
function sumOf(orders: readonly ContractOrder[]): number {
  return orders.reduce((sum, { quantity, filledQty }) => sum + quantity - filledQty, 0);
}
