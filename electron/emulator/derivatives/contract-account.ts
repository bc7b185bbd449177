/** The firm's books of the derivatives account at the offline KIS: signed positions netted by contract, daily settlement, margin. */
import { isSettledByDifference, productCharges, valueOf } from '#shared/market/index.ts';
import { mulDiv } from '#shared/num/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { contractId, type ListedContract } from './contract-listing.ts';

/** Share of the worth that a future asks for, and of the underlying that an option sold asks for beside its price; percent. Made up. */
const FUTURE_MARGIN = 10;
const OPTION_MARGIN = 10;

export interface Held {
  readonly contract: ListedContract;
  /** Below zero: sold. */
  quantity: number;
  /** Σ trade price × quantity of what is held, signed; 1/100. */
  cost: number;
  /** The same by the prices to which the cash was settled: yesterday's of what was held over night. */
  settled: number;
}

/** What a fill brought and cost, won. */
export interface Booked {
  readonly date: SessionDate;
  readonly contract: ListedContract;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly fee: number;
  readonly realised: number;
  readonly opened: number;
  readonly closed: number;
}

export class ContractAccount {
  /** Won; gains that were settled and premiums are in it. */
  cash: number;
  readonly held = new Map<string, Held>();
  readonly booked: Booked[] = [];
  #fees = 0;

  constructor(cash: number) {
    this.cash = cash;
  }

  get fees(): number {
    return this.#fees;
  }

  /** Books a fill; `before`: Σ price × quantity of the order's fills until then. */
  fill(
    contract: ListedContract,
    fill: { readonly side: 'buy' | 'sell'; readonly price: number; readonly quantity: number; readonly before: number },
    date: SessionDate,
  ): void {
    const id = contractId(contract);
    const { side, price, quantity, before } = fill;
    const sign = side === 'buy' ? 1 : -1;
    const held = this.held.get(contract.code) ?? { contract, quantity: 0, cost: 0, settled: 0 };
    this.held.set(contract.code, held);
    const chargesOn = (sum: number): number =>
      productCharges(id, { side, amount: valueOf(id, sum, 1), date }).commission;
    const fee = chargesOn(before + price * quantity) - chargesOn(before);
    this.cash -= fee;
    this.#fees += fee;
    if (!isSettledByDifference(id)) this.cash -= sign * valueOf(id, price, quantity);
    const closing = Math.min(quantity, held.quantity * sign < 0 ? Math.abs(held.quantity) : 0);
    let realised = 0;
    if (closing > 0) {
      const share = (sum: number): number => mulDiv(sum, closing, Math.abs(held.quantity), 'halfUp');
      const [cost, settled] = [share(held.cost), share(held.settled)];
      // What it was settled at is in the cash already; the rest comes now.
      if (isSettledByDifference(id)) this.cash += won(id, -sign * price * closing - settled);
      realised = won(id, -sign * price * closing - (isSettledByDifference(id) ? settled : cost));
      held.cost -= cost;
      held.settled -= settled;
      held.quantity += sign * closing;
    }
    const opening = quantity - closing;
    const amount = valueOf(id, price, quantity);
    this.booked.push({ date, contract, side, amount, fee, realised, opened: opening, closed: closing });
    held.cost += sign * price * opening;
    held.settled += sign * price * opening;
    held.quantity += sign * opening;
    if (held.quantity === 0) this.held.delete(contract.code);
  }

  /** The end of a day: futures are settled at their price, what has ended goes. */
  settle(
    date: SessionDate,
    priceOf: (contract: ListedContract) => number,
    spotOf: (contract: ListedContract) => number,
  ): void {
    for (const held of [...this.held.values()]) {
      const { contract } = held;
      const id = contractId(contract);
      const price = priceOf(contract);
      if (isSettledByDifference(id)) {
        this.cash += won(id, price * held.quantity - held.settled);
        held.settled = price * held.quantity;
      }
      if (contract.lastDay > date) continue;
      const gone = Math.max(0, (spotOf(contract) - contract.strike) * (contract.kind === 'call' ? 1 : -1));
      if (contract.kind !== 'future') this.cash += valueOf(id, gone, held.quantity);
      this.held.delete(contract.code);
    }
  }

  /** What the open positions stand at above what is in the cash, won. */
  openGain(priceOf: (contract: ListedContract) => number): { readonly futures: number; readonly options: number } {
    let [futures, options] = [0, 0];
    for (const { contract, quantity, settled } of this.held.values()) {
      const id = contractId(contract);
      if (isSettledByDifference(id)) futures += won(id, priceOf(contract) * quantity - settled);
      else options += valueOf(id, priceOf(contract), quantity);
    }
    return { futures, options };
  }

  /** Margin of what is held, won. */
  margin(priceOf: (contract: ListedContract) => number, spotOf: (contract: ListedContract) => number): number {
    return [...this.held.values()].reduce((sum, { contract, quantity }) => {
      const side = quantity < 0 ? 'sell' : 'buy';
      return (
        sum +
        marginOf({ contract, side, quantity: Math.abs(quantity), price: priceOf(contract), spot: spotOf(contract) })
      );
    }, 0);
  }
}

/** Won of Σ price × quantity in 1/100, below zero for a loss. */
function won(id: ReturnType<typeof contractId>, sum: number): number {
  return sum < 0 ? -valueOf(id, -sum, 1) : valueOf(id, sum, 1);
}

/** What holding, or opening, so many contracts asks for, won: of an option bought nothing beyond its premium. */
export function marginOf(about: {
  readonly contract: ListedContract;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: number;
  readonly spot: number;
}): number {
  const { contract, side, quantity, price, spot } = about;
  const id = contractId(contract);
  if (contract.kind === 'future') return Math.ceil((valueOf(id, price, quantity) * FUTURE_MARGIN) / 100);
  if (side === 'buy') return 0;
  return valueOf(id, price, quantity) + Math.ceil((valueOf(id, spot, quantity) * OPTION_MARGIN) / 100);
}
