/** A set of ladder steps, one bit each: the next member up or down is found by counting zeros. */
export class StepSet {
  readonly #size: number;
  readonly #bits: Int32Array;

  /** For steps 0 … size − 1. */
  constructor(size: number) {
    this.#size = size;
    this.#bits = new Int32Array((size + 31) >>> 5);
  }

  add(step: number): void {
    this.#bits[step >>> 5] = (this.#bits[step >>> 5] as number) | (1 << (step & 31));
  }

  remove(step: number): void {
    this.#bits[step >>> 5] = (this.#bits[step >>> 5] as number) & ~(1 << (step & 31));
  }

  /** The highest member at or below a step; −1 for none. */
  atOrBelow(step: number): number {
    if (step < 0) return -1;
    let word = step >>> 5;
    let bits = (this.#bits[word] as number) & (-1 >>> (31 - (step & 31)));
    while (bits === 0) {
      if (word === 0) return -1;
      word -= 1;
      bits = this.#bits[word] as number;
    }
    return (word << 5) + 31 - Math.clz32(bits);
  }

  /** The lowest member at or above a step; −1 for none. */
  atOrAbove(step: number): number {
    if (step >= this.#size) return -1;
    let word = step >>> 5;
    let bits = (this.#bits[word] as number) & (-1 << (step & 31));
    while (bits === 0) {
      word += 1;
      if (word === this.#bits.length) return -1;
      bits = this.#bits[word] as number;
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }
}
