/** What a script puts out: events and figures as plain objects, with times of day instead of instants. */
import type { Interruption, MarketState } from '../../domain/index.ts';
import { envelope } from '../../errors/index.ts';
import { epochMs, kstTimeOfDayMs, kstTimeText, sessionDate, type EpochMs } from '../../time/index.ts';
import type { Exchange } from '../exchange.ts';
import type { ExchangeEvent, IssueView } from '../types.ts';

/** The day of a script that names none: the first under the rules now in force. */
export const SCRIPT_DATE = sessionDate('2026-09-14');

/** What a script puts out: plain objects with `event` as their first key. */
export type ScriptOutput = Readonly<Record<string, unknown>> & { readonly event: string };

/** "HH:MM:SS.mmm" in Korea. */
export function timeText(at: EpochMs): string {
  return `${kstTimeText(at)}.${String(kstTimeOfDayMs(at) % 1_000).padStart(3, '0')}`;
}

/** The same, null for an instant that is not known or not set. */
export function untilText(at: number | null): string | null {
  return at === null || at === 0 ? null : timeText(epochMs(at));
}

/** The name an order has in the script, by its number; empty for none. */
export type NameOf = (orderNo: number) => string;

/** An event in the words of the script: names of orders beside their numbers. `subject`: whom the line under way is about. */
export function eventOutput(event: ExchangeEvent, nameOf: NameOf, subject: string): ScriptOutput {
  const { kind, seq, ts, ...facts } = event;
  const head = { event: kind, seq, time: timeText(ts) };
  switch (event.kind) {
    case 'accepted':
      return { ...head, id: subject, ...facts };
    case 'rejected':
      return { ...head, id: subject, ...facts, message: envelope(`EXCH_${event.reason}`).messageKo };
    case 'trade':
      return { ...head, buy: nameOf(event.buyOrderNo), sell: nameOf(event.sellOrderNo), ...facts };
    case 'canceled':
    case 'triggered':
    case 'converted':
      return { ...head, id: nameOf(event.orderNo), ...facts };
    case 'phase':
    case 'vi':
    case 'sidecar':
      return { ...head, ...facts, until: untilText(event.until) };
    case 'circuitBreaker': {
      const { haltUntil, auctionUntil } = event;
      return { ...head, ...facts, haltUntil: untilText(haltUntil), auctionUntil: untilText(auctionUntil) };
    }
    default:
      return { ...head, ...facts };
  }
}

/** The `book` line's answer: levels, totals, the expected auction and the day's figures. */
export function bookOutput(
  exchange: Exchange,
  at: { readonly code: string; readonly levels: number; readonly venue: 'KRX' | 'NXT' },
): ScriptOutput {
  const { code, levels, venue } = at;
  const { phase, last, open, high, low, volume, value, upperLimit, lowerLimit } = exchange.issue(code, venue);
  const side = (name: 'buy' | 'sell'): object[] =>
    exchange.depth({ code, side: name, levels, venue }).map(({ price, qty }) => ({ price, quantity: qty }));
  const expected = exchange.expected(code, venue);
  return {
    event: 'book',
    time: timeText(exchange.now),
    code,
    venue,
    phase,
    asks: side('sell'),
    bids: side('buy'),
    totalAsk: exchange.totalQty(code, 'sell', venue),
    totalBid: exchange.totalQty(code, 'buy', venue),
    expected: expected && { price: expected.price, quantity: expected.qty },
    upperLimit,
    lowerLimit,
    last,
    open,
    high,
    low,
    volume,
    value,
  };
}

/** The `issue` line's answer: phase, what holds the issue up, limits, VI bounds and figures. */
export function issueOutput(now: EpochMs, view: IssueView): ScriptOutput {
  const { interruption, ...facts } = view;
  return {
    event: 'issue',
    time: timeText(now),
    ...facts,
    interruption: interruption && interruptionOutput(interruption),
  };
}

function interruptionOutput({ sinceTs, untilTs, ...facts }: Interruption): object {
  return { ...facts, since: untilText(sinceTs), until: untilText(untilTs) };
}

/** The `market` line's answer: index, breaker and sidecar. */
export function marketOutput(now: EpochMs, state: MarketState): ScriptOutput {
  const { market, indexChangePpm, breaker, breakersUsed, sidecar } = state;
  return {
    event: 'market',
    time: timeText(now),
    market,
    indexChangePpm,
    breaker: breaker && { level: breaker.level, until: untilText(breaker.untilTs) },
    breakersUsed,
    sidecar: sidecar && { side: sidecar.side, until: untilText(sidecar.untilTs) },
  };
}
