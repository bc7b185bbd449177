/** Records of the channels of futures abroad: trades HDFFF020 and books HDFFF010. */
import type { EpochMs } from '#shared/time/index.ts';
import { dateText, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { dayRow, hoursRow, quoteText } from './future-answers.ts';
import type { FutureMarket, FutureSeat, FutureTrade } from './future-market.ts';

/** A trade under the columns of its channel. */
export function futureTradeRow(market: FutureMarket, seat: FutureSeat, trade: FutureTrade): Row {
  return {
    ...dayRow(seat),
    ...hoursRow(market, 'mrkt_'),
    series_cd: seat.contract.code,
    bsns_date: ymd(market.date()),
    recv_date: dateText(trade.ts),
    recv_time: timeText(trade.ts),
    active_flag: '1',
    last_price: quoteText(seat, trade.price),
    last_qntt: trade.quantity,
    prev_sign: signOf(trade.price, seat.base),
    quotsign: trade.side === 'buy' ? '2' : '5',
    psttl_price: quoteText(seat, seat.base),
    psttl_sign: signOf(trade.price, seat.base),
    psttl_diff_price: quoteText(seat, trade.price - seat.base),
  };
}

/** A book under the columns of its channel. */
export function futureBookRow(market: FutureMarket, seat: FutureSeat, at: EpochMs): Row {
  const row: Record<string, string | number> = {
    series_cd: seat.contract.code,
    recv_date: dateText(at),
    recv_time: timeText(at),
    prev_price: quoteText(seat, seat.base),
    sttl_price: quoteText(seat, seat.base),
  };
  for (const [name, side] of [
    ['bid', 'buy'],
    ['ask', 'sell'],
  ] as const) {
    market.depth(seat, side).forEach(({ price, qty }, level) => {
      row[`${name}_price_${level + 1}`] = quoteText(seat, price);
      row[`${name}_qntt_${level + 1}`] = qty;
      row[`${name}_num_${level + 1}`] = 1;
    });
  }
  return row;
}
