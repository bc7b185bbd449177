/** The executions of one order number: heard one by one, or known as a total only, without ever counting one twice. */
import type { VenueName } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';

/** An execution as it was told or made out of a total. */
export interface FillPart {
  readonly price: number;
  readonly quantity: number;
  readonly venue: VenueName;
  readonly exchangeTs: EpochMs;
}

interface Heard extends FillPart {
  /** The whole notice. */
  readonly print: string;
}

interface Doubtful extends Heard {
  /** true: told before in the same words. */
  readonly repeated: boolean;
}

/** What a total left over: units and their value in won. */
export interface Remainder {
  readonly quantity: number;
  readonly value: number;
}

/**
 * Executions with whole prices whose sum is exact: so many at the price below the average, the rest one won above it.
 * The broker tells totals only, so this is what can be said of executions that nobody heard.
 */
export function splitRemainder({
  quantity,
  value,
}: Remainder): readonly { readonly price: number; readonly quantity: number }[] {
  const below = Math.floor(value / quantity);
  const above = value - below * quantity;
  const parts = [
    { price: below, quantity: quantity - above },
    { price: below + 1, quantity: above },
  ];
  return parts.filter((part) => part.quantity > 0);
}

export class FillAccount {
  readonly #parts: FillPart[] = [];
  readonly #prints = new Set<string>();
  /** Notices that may be repeated or may be about what a total has counted already: a total decides. */
  #doubtful: Doubtful[] = [];
  /** Units that were taken from totals and may still be told one by one. */
  #unheardQty = 0;
  #quantity = 0;
  #value = 0;

  get parts(): readonly FillPart[] {
    return this.#parts;
  }

  get quantity(): number {
    return this.#quantity;
  }

  /** Won. */
  get value(): number {
    return this.#value;
  }

  /** true: a total is needed to say what a notice was about. */
  get isDoubtful(): boolean {
    return this.#doubtful.length > 0;
  }

  /**
   * Hears one execution; `most`: units that the order can still trade. False: it is not counted until a total is known,
   * because it was told before in the same words, or something was missed, or it would be too much.
   */
  hear(fill: Heard, most: number): boolean {
    const repeated = this.#prints.has(fill.print);
    this.#prints.add(fill.print);
    if (repeated || this.#unheardQty > 0 || this.#doubtful.length > 0 || fill.quantity > most) {
      this.#doubtful.push({ ...fill, repeated });
      return false;
    }
    this.#take(fill);
    return true;
  }

  /**
   * Brings a total of the broker's in; returns how many executions are new. `at` is what to call the venue and time of
   * those that nobody told one by one.
   */
  settle(total: Remainder, at: { readonly venue: VenueName; readonly exchangeTs: EpochMs }): number {
    const before = this.#parts.length;
    const rest = { quantity: total.quantity - this.#quantity, value: total.value - this.#value };
    // Older than what was heard since: the next total will tell.
    if (rest.quantity < 0) return 0;
    if (rest.quantity === 0) {
      this.#wereCounted();
      return 0;
    }
    const doubtful = this.#doubtful;
    const sum = doubtful.reduce(
      (all, { quantity, price }) => ({ quantity: all.quantity + quantity, value: all.value + price * quantity }),
      { quantity: 0, value: 0 },
    );
    if (doubtful.length > 0 && sum.quantity === rest.quantity && sum.value === rest.value) {
      // What seemed told twice did happen twice.
      for (const part of doubtful) this.#take(part);
      this.#doubtful = [];
    } else if (rest.value >= rest.quantity) {
      for (const part of splitRemainder(rest)) this.#take({ ...part, ...at });
      this.#unheardQty += rest.quantity;
      this.#wereCounted();
    }
    return this.#parts.length - before;
  }

  /** What was doubtful is in the totals; the notices that are new in words are no longer to be expected. */
  #wereCounted(): void {
    const late = this.#doubtful.filter(({ repeated }) => !repeated);
    this.#unheardQty = Math.max(0, this.#unheardQty - late.reduce((sum, { quantity }) => sum + quantity, 0));
    this.#doubtful = [];
  }

  #take({ price, quantity, venue, exchangeTs }: FillPart): void {
    this.#parts.push({ price, quantity, venue, exchangeTs });
    this.#quantity += quantity;
    this.#value += price * quantity;
  }
}
