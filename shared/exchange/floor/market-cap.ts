/** A market's capitalisation against the previous close: the index that circuit breakers are judged by, kept as trades come. */

/** Of one market; `weights` by the issue's place, 0 for an issue that is not counted. Won times shares. */
export class MarketCap {
  readonly weights: Float64Array;
  base = 0;
  now = 0;

  constructor(issues: number) {
    this.weights = new Float64Array(issues);
  }

  /** Counts an issue in at its base price. */
  list(place: number, shares: number, basePrice: number): void {
    this.weights[place] = shares;
    this.base += shares * basePrice;
    this.now = this.base;
  }

  /** Change from the previous close in parts per million; null where no issue's listed shares are known. */
  get changePpm(): number | null {
    return this.base === 0 ? null : Math.round(((this.now - this.base) / this.base) * 1_000_000);
  }
}
