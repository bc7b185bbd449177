/** What the minutes and the trades of an issue say about how a day goes by: its shape, its bounce, the memory of its orders. */
import {
  autocorrelation,
  decayExponent,
  excessKurtosis,
  hillExponent,
  logarithms,
  medianOf,
  skewness,
  varianceOf,
} from './series-statistics.ts';

/** One minute; `minute` counts from midnight (540: 09:00). Value in won. */
export interface MinuteBar {
  readonly minute: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

/** Figures of the minutes of an issue's days; null where they are too few to tell. Named as in resources/krx/market-bands.json. */
export interface MinuteStatistics {
  /** Excess kurtosis of the returns from minute to minute inside a day. */
  readonly KURT_1M: number | null;
  /** Parts of the value of the regular session (09:00-15:30) in percent: first half hour, 12:00-12:30, last half hour, closing auction. */
  readonly USHAPE: number | null;
  readonly LUNCH: number | null;
  readonly LAST_30M: number | null;
  readonly CLOSE_AUCTION: number | null;
}

/** The day of a minute file: a shifted day gives its own. Minutes from midnight. */
export interface DayHours {
  readonly open: number;
  readonly closeAuction: number;
  readonly close: number;
}

const USUAL_HOURS: DayHours = { open: 540, closeAuction: 920, close: 930 };
const HALF_HOUR = 30;
const LUNCH_AT = 720;
/** Fewest minutes with a trade that returns are judged from. */
const LEAST_MINUTES = 300;

/** The figures of the days of one issue. A bar at the close is the closing auction's; one at the open holds the opening auction too. */
export function minuteStatistics(days: readonly (readonly MinuteBar[])[], hours = USUAL_HOURS): MinuteStatistics {
  const returns: number[] = [];
  const parts = { all: 0, first: 0, lunch: 0, last: 0, auction: 0 };
  for (const day of days) {
    const bars = day.filter((bar) => bar.volume > 0 && bar.minute >= hours.open && bar.minute <= hours.close);
    const closes = logarithms(bars.map((bar) => bar.close));
    bars.forEach(({ minute, value }, i) => {
      const next = bars[i + 1];
      if (next && next.minute < hours.closeAuction) returns.push((closes[i + 1] as number) - (closes[i] as number));
      parts.all += value;
      if (minute < hours.open + HALF_HOUR) parts.first += value;
      if (minute >= LUNCH_AT && minute < LUNCH_AT + HALF_HOUR) parts.lunch += value;
      if (minute >= hours.closeAuction) parts.auction += value;
      else if (minute >= hours.closeAuction - HALF_HOUR) parts.last += value;
    });
  }
  const share = (part: number): number | null => (parts.all > 0 ? (100 * part) / parts.all : null);
  return {
    KURT_1M: returns.length < LEAST_MINUTES ? null : excessKurtosis(returns),
    USHAPE: share(parts.first),
    LUNCH: share(parts.lunch),
    LAST_30M: share(parts.last),
    CLOSE_AUCTION: share(parts.auction),
  };
}

/** The trades of an issue in order, as columns of one length. */
export interface TapeColumns {
  readonly price: readonly number[];
  readonly quantity: readonly number[];
  /** +1: a buyer took, −1: a seller, 0: an auction. */
  readonly sign: readonly number[];
}

/** Figures of a tape; null where the trades are too few to tell. Shares in percent of trades. */
export interface TapeStatistics {
  /** Autocorrelation at one trade of price changes from trade to trade. */
  readonly BOUNCE: number | null;
  /** Exponent by which the memory of trade signs fades. */
  readonly SIGN: number | null;
  /** Hill exponent of the largest 2 % of trades. */
  readonly SIZE_TAIL: number | null;
  /** Skewness of the logarithm of sizes above one share: 0 for a lognormal body. */
  readonly SIZE_SKEW: number | null;
  /** Standard deviation of that logarithm. */
  readonly SIZE_SD: number | null;
  /** Trades of one share. */
  readonly SIZE_ONE: number | null;
  /** Trades of exactly 10, 50, 100, 500 or 1,000 shares, over those of their neighbours one share away (mean): 1 without spikes. */
  readonly SIZE_ROUND: number | null;
}

const LEAST_TRADES = 500;
const SIZE_TAIL_SHARE = 0.02;
const SIGN_LAGS = [1, 2, 3, 5, 8, 13, 21, 34, 55] as const;
const ROUND_LOTS = [10, 50, 100, 500, 1_000] as const;

const UNKNOWN_TAPE: TapeStatistics = {
  BOUNCE: null,
  SIGN: null,
  SIZE_TAIL: null,
  SIZE_SKEW: null,
  SIZE_SD: null,
  SIZE_ONE: null,
  SIZE_ROUND: null,
};

function roundLotRatio(quantities: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const quantity of quantities) counts.set(quantity, (counts.get(quantity) ?? 0) + 1);
  const at = (size: number): number => counts.get(size) ?? 0;
  let [round, beside] = [0, 0];
  for (const lot of ROUND_LOTS) {
    round += at(lot);
    beside += (at(lot - 1) + at(lot + 1)) / 2;
  }
  return beside > 0 ? round / beside : null;
}

/** The figures of the continuous trades of a tape. */
export function tapeStatistics(tape: TapeColumns): TapeStatistics {
  const prices: number[] = [];
  const signs: number[] = [];
  const sizes: number[] = [];
  tape.sign.forEach((sign, i) => {
    if (sign === 0) return;
    prices.push(tape.price[i] as number);
    sizes.push(tape.quantity[i] as number);
    signs.push(sign);
  });
  if (prices.length < LEAST_TRADES) return UNKNOWN_TAPE;
  const changes = prices.slice(1).map((price, i) => price - (prices[i] as number));
  const logs = logarithms(sizes.filter((size) => size > 1));
  const memory = SIGN_LAGS.map((lag) => ({ lag, value: autocorrelation(signs, lag) ?? 0 }));
  return {
    BOUNCE: autocorrelation(changes, 1),
    SIGN: decayExponent(memory),
    SIZE_TAIL: hillExponent(sizes, SIZE_TAIL_SHARE),
    SIZE_SKEW: skewness(logs),
    SIZE_SD: Math.sqrt(varianceOf(logs)),
    SIZE_ONE: (100 * sizes.filter((size) => size === 1).length) / sizes.length,
    SIZE_ROUND: roundLotRatio(sizes),
  };
}

/** Middle of the spreads seen, in ticks; null of none. */
export function spreadInTicks(spreads: readonly number[]): number | null {
  return medianOf(spreads);
}
