/** What the watchers of an account ask of its figures: can they be trusted, does anything stand at risk, is it a new day. */
import type { AccountEvent } from '../../events.ts';
import { koreanDay } from '../market/issues.ts';
import { Trail } from '../market/measures.ts';

/** Accounts that a watcher follows at most. */
export const ACCOUNTS_KEPT = 64;
/** Points of the picture, apart. */
const POINT_EVERY_MS = 30_000;

/** Beyond this no sum of won can be told to the won. */
const MOST_KRW = Number.MAX_SAFE_INTEGER;

/** true where equity is a sum of money above zero and every holding has a price: nothing is judged by less. */
export function isPriced({ equityKrw, positions }: AccountEvent): boolean {
  if (!(equityKrw > 0 && equityKrw <= MOST_KRW)) return false;
  return positions.every(
    ({ quantity, valueKrw }) => quantity === 0 || (valueKrw !== 0 && Math.abs(valueKrw) <= MOST_KRW),
  );
}

/** true where something is held. */
export function holdsAny({ positions }: AccountEvent): boolean {
  return positions.some(({ quantity }) => Number.isFinite(quantity) && quantity !== 0);
}

/** One account in the eyes of one watcher. */
export class Standing {
  /** Korean day of its last figures; 0: none yet. */
  day = 0;
  /** Held something, or traded, since the day began: without that no loss can be one of trading. */
  atRisk = false;
  /** 0 quiet; else how far the alarm has gone. */
  stage = 0;
  readonly trail = new Trail(POINT_EVERY_MS);

  /** Takes the day; true where it is a new one after another. */
  turn(ts: number): boolean {
    const day = koreanDay(ts);
    if (day === this.day) return false;
    const had = this.day !== 0;
    this.day = day;
    this.atRisk = false;
    return had;
  }
}
