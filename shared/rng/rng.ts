/** Seeded random generator (xoshiro128**, Blackman and Vigna 2018) with named sub-streams; integer arithmetic only, so every engine agrees. */

/** Four 32-bit words; plain data, so a state can be stored and compared. */
export type RngState = [number, number, number, number];

export class Rng {
  readonly #s: Uint32Array;

  private constructor(state: ArrayLike<number>) {
    this.#s = Uint32Array.from(state);
  }

  /** A generator for a seed (any safe integer or text) and a stream name. */
  static from(seed: number | string, stream = ''): Rng {
    let h = hash32(`${seed}\u0000${stream}`);
    const words = [0, 0, 0, 0].map(() => {
      h = (h + 0x9e3779b9) >>> 0;
      return mix32(h);
    });
    if (!words.some((w) => w !== 0)) words[0] = 1;
    return new Rng(words);
  }

  static restore(state: RngState): Rng {
    return new Rng(state);
  }

  state(): RngState {
    return [...this.#s] as RngState;
  }

  /** A new generator that depends on this one's present state and the name, without advancing it. */
  fork(stream: string): Rng {
    return Rng.from(this.#s.join(','), stream);
  }

  /** Uniform in 0 … 2^32 − 1. */
  u32(): number {
    const s = this.#s;
    const s1 = s[1] as number;
    const x = Math.imul(s1, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s[2] = (s[2] as number) ^ (s[0] as number);
    s[3] = (s[3] as number) ^ s1;
    s[1] = s1 ^ s[2];
    s[0] = (s[0] as number) ^ s[3];
    s[2] = s[2] ^ t;
    const s3 = s[3];
    s[3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  /** Uniform in 0 … n − 1, n in 1 … 2^32; unbiased. */
  int(n: number): number {
    const limit = 4_294_967_296 - (4_294_967_296 % n);
    for (;;) {
      const x = this.u32();
      if (x < limit) return x % n;
    }
  }

  /** Uniform in [0, 1) with 32 bits. */
  unit(): number {
    return this.u32() / 4_294_967_296;
  }

  /** True with the given chance (0 … 1). */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Approximately standard normal: the sum of twelve uniforms less six (Irwin–Hall), tails to ±6; only + and ÷. */
  normal(): number {
    let sum = 0;
    for (let i = 0; i < 12; i += 1) sum += this.u32();
    return sum / 4_294_967_296 - 6;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)] as T;
  }
}

/** FNV-1a over UTF-16 code units. */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193);
  }
  return mix32(h >>> 0);
}

function mix32(x: number): number {
  let z = x;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
