/** Takes a data frame apart: "0|H0STCNT0|001|005930^093354^71900…" is flag, TR id, how many records, their fields. */
import { shortText } from './short-text.ts';

const PIPE = 0x7c;
const ZERO = 0x30;
const ONE = 0x31;
const NINE = 0x39;
/** No TR id is longer; the longest known has eight letters. */
const LONGEST_TR_ID = 16;
/** Digits of the count: three as documented, with room. */
const LONGEST_COUNT = 6;

/** What stands before the fields. */
export interface FrameHead {
  readonly encrypted: boolean;
  readonly trId: string;
  readonly count: number;
  /** Where the fields begin in the frame. */
  readonly at: number;
}

/** Whether a text frame is data: everything else is JSON. */
export function isData(frame: Buffer): boolean {
  return frame[0] === ZERO || frame[0] === ONE;
}

/** The head of a data frame; null where it is none. */
export function frameHead(frame: Buffer): FrameHead | null {
  const flag = frame[0];
  if ((flag !== ZERO && flag !== ONE) || frame[1] !== PIPE) return null;
  let place = 2;
  const idEnd = Math.min(frame.length, place + LONGEST_TR_ID + 1);
  while (place < idEnd && frame[place] !== PIPE) place += 1;
  if (place >= idEnd || place === 2) return null;
  const trId = shortText(frame, 2, place);
  place += 1;
  const countStart = place;
  let count = 0;
  while (place < frame.length && place - countStart <= LONGEST_COUNT) {
    const byte = frame[place] ?? 0;
    if (byte === PIPE) break;
    if (byte < ZERO || byte > NINE) return null;
    count = count * 10 + (byte - ZERO);
    place += 1;
  }
  if (frame[place] !== PIPE || place === countStart || count === 0) return null;
  return { encrypted: flag === ONE, trId, count, at: place + 1 };
}
