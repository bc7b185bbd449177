/** A rolling 64-bit hash over integers, cheap enough for every event: two lanes of 32 bits, each step invertible. */

/** Both lanes, plain data. */
export type EventHashState = readonly [number, number];

export class EventHash {
  readonly #lanes: Int32Array;

  constructor(state: EventHashState = [0x243f6a88, 0x85a308d3 | 0]) {
    this.#lanes = Int32Array.from(state);
  }

  /** Adds a whole number within ±2^53; its low and its high half count. */
  add(value: number): void {
    const low = value | 0;
    this.word(low);
    if (low !== value) this.word(Math.floor(value / 4_294_967_296) | 0);
  }

  /** Adds 32 bits. */
  word(bits: number): void {
    const lanes = this.#lanes;
    let a = Math.imul((lanes[0] as number) ^ bits, 0x9e3779b1);
    a ^= a >>> 15;
    lanes[0] = a;
    const b = lanes[1] as number;
    lanes[1] = Math.imul(((b << 7) | (b >>> 25)) ^ bits, 0x85ebca6b) + 0x2545f491;
  }

  /** Adds six words at once: what `word` six times would do, with the lanes held outside the array meanwhile. */
  six(p: number, q: number, r: number, s: number, t: number, u: number): void {
    const lanes = this.#lanes;
    let a = lanes[0] as number;
    let b = lanes[1] as number;
    a = Math.imul(a ^ p, 0x9e3779b1);
    a ^= a >>> 15;
    b = (Math.imul(((b << 7) | (b >>> 25)) ^ p, 0x85ebca6b) + 0x2545f491) | 0;
    a = Math.imul(a ^ q, 0x9e3779b1);
    a ^= a >>> 15;
    b = (Math.imul(((b << 7) | (b >>> 25)) ^ q, 0x85ebca6b) + 0x2545f491) | 0;
    a = Math.imul(a ^ r, 0x9e3779b1);
    a ^= a >>> 15;
    b = (Math.imul(((b << 7) | (b >>> 25)) ^ r, 0x85ebca6b) + 0x2545f491) | 0;
    a = Math.imul(a ^ s, 0x9e3779b1);
    a ^= a >>> 15;
    b = (Math.imul(((b << 7) | (b >>> 25)) ^ s, 0x85ebca6b) + 0x2545f491) | 0;
    a = Math.imul(a ^ t, 0x9e3779b1);
    a ^= a >>> 15;
    b = (Math.imul(((b << 7) | (b >>> 25)) ^ t, 0x85ebca6b) + 0x2545f491) | 0;
    a = Math.imul(a ^ u, 0x9e3779b1);
    a ^= a >>> 15;
    b = (Math.imul(((b << 7) | (b >>> 25)) ^ u, 0x85ebca6b) + 0x2545f491) | 0;
    lanes[0] = a;
    lanes[1] = b;
  }

  state(): EventHashState {
    return [this.#lanes[0] as number, this.#lanes[1] as number];
  }

  /** 16 hex digits. */
  text(): string {
    const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
    const [a, b] = this.state();
    // A last stir, so that both halves depend on both lanes.
    return hex(Math.imul(a ^ (b >>> 16), 0x85ebca6b)) + hex(Math.imul(b ^ (a >>> 13), 0xc2b2ae35) + a);
  }
}
