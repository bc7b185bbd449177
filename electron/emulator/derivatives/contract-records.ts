/** Records of the channels of futures and options. */
import type { EpochMs } from '#shared/time/index.ts';
import { timeText } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { bookRow } from './contract-rows.ts';
import type { Seat } from './contract-terms.ts';

export { tradeRow as contractTradeRow } from './contract-rows.ts';

/** What of a book is news when it changes. */
export function contractBookState({ book }: Seat): unknown {
  return [book.levels('buy', 10), book.levels('sell', 10)];
}

/** A book under the columns of its channel. */
export function contractBookRow(seat: Seat, at: EpochMs): Row {
  const { kind, family, code } = seat.contract;
  const names = kind !== 'future' ? 'optn_' : family === 'stock' ? '' : 'futs_';
  return {
    [kind === 'future' ? 'futs_shrn_iscd' : 'optn_shrn_iscd']: code,
    bsop_hour: timeText(at),
    ...bookRow(seat, names),
  };
}
