/** How old a row of the board is, in words. */
import { BOARD_FLAGS } from '#shared/domain/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import type { Translate } from '../text/index.ts';
import { timeShort } from './format.ts';

/** "" while the row is live; the day of a record; the time since when a line is silent. */
export function ageText(t: Translate, asOf: number, flags: number): string {
  if (asOf === 0) return (flags & BOARD_FLAGS.unpriced) === 0 ? '' : t('board.age.none');
  if (flags & BOARD_FLAGS.record) return t('board.age.day', { date: kstDate(epochMs(asOf)).slice(2) });
  return t('board.age.since', { time: timeShort(asOf) });
}
