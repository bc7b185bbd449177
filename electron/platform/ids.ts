/** Unique ids that sort by the time they were made. */
import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from '#shared/ports.ts';
import { systemClock } from './clock.ts';

/** Digits and capitals without I, L, O, U: their order as text is their order as numbers. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const TAIL_CHARS = 16;

function timeText(ms: number): string {
  let text = '';
  for (let rest = ms, place = 0; place < TIME_CHARS; place += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** The next tail in order; a full tail rolls over into the next millisecond (`carry`). */
function increment(tail: Uint8Array): { readonly carry: boolean } {
  for (let place = tail.length - 1; place >= 0; place -= 1) {
    const digit = tail[place] ?? 0;
    if (digit < 31) {
      tail[place] = digit + 1;
      return { carry: false };
    }
    tail[place] = 0;
  }
  return { carry: true };
}

/** Ids of 26 characters: 10 of time, 16 random, counted up within one millisecond and while the clock stands or goes back. */
export function createIds(parts: { readonly clock: Clock; readonly random: (size: number) => Uint8Array }): Ids {
  let lastMs = -1;
  let tail = new Uint8Array(TAIL_CHARS);
  return {
    next() {
      const now = parts.clock.now();
      if (now > lastMs) {
        lastMs = now;
        tail = Uint8Array.from(parts.random(TAIL_CHARS), (byte) => byte & 31);
      } else if (increment(tail).carry) {
        lastMs += 1;
      }
      let text = timeText(lastMs);
      for (const digit of tail) text += ALPHABET.charAt(digit);
      return text;
    },
  };
}

/** Ids of the running process. */
export const systemIds: Ids = createIds({ clock: systemClock, random: randomBytes });
