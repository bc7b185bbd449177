/** One watcher under test: what it is fed, what it says (each signal checked against the schema), and makers of plain events. */
import { ThreatSignal, type InstrumentId } from '#shared/domain/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import type { Detector } from '#shared/threats/detector.ts';
import type { EventOf, ThreatEvent } from '#shared/threats/events.ts';

export const ID = 'KRX:005930' as InstrumentId;

/** The instant of a time of the day of the tests. */
export function at(time: string, date = '2026-11-24'): number {
  return kstInstant(sessionDate(date), timeOfDayMs(time));
}

export interface Listening {
  readonly fired: ThreatSignal[];
  readonly cleared: string[];
  send(...events: readonly ThreatEvent[]): void;
  /** The clock, once a second, after `from` up to `to`. */
  wait(from: number, to: number): void;
}

export function listen(detector: Detector, figures: Readonly<Record<string, number>> = {}): Listening {
  const fired: ThreatSignal[] = [];
  const cleared: string[] = [];
  let now = 0;
  const ears = detector.watch(figures, {
    fire: (said) => fired.push(ThreatSignal.parse({ detector: detector.id, ts: now, state: 'fired', ...said })),
    clear: (subject) => cleared.push(subject),
  });
  const send = (...events: readonly ThreatEvent[]): void => {
    for (const event of events) {
      now = event.ts;
      const ear = ears[event.kind] as ((event: ThreatEvent) => void) | undefined;
      ear?.(event);
    }
  };
  const wait = (from: number, to: number): void => {
    for (let ts = from + 1_000; ts <= to; ts += 1_000) send({ kind: 'clock', ts });
  };
  return { fired, cleared, send, wait };
}

export function issue(change: Partial<EventOf<'issue'>> = {}): EventOf<'issue'> {
  return {
    kind: 'issue',
    ts: at('08:00:00'),
    id: ID,
    nameKo: '삼성전자',
    market: 'KOSPI',
    sector: null,
    base: 70_000,
    upper: 91_000,
    lower: 49_000,
    dynamicViPpm: 30_000,
    staticViPpm: 100_000,
    viReference: 70_000,
    tick: 100,
    averageVolume: null,
    minuteVolumes: null,
    usualDepth: null,
    usualSpreadTicks: null,
    closes: [],
    flags: [],
    lively: true,
    followed: true,
    ...change,
  };
}

export function trade(ts: number, price: number, change: Partial<EventOf<'trade'>> = {}): EventOf<'trade'> {
  return { kind: 'trade', ts, id: ID, venue: 'KRX', price, quantity: 10, side: 'buy', ...change };
}

export function book(
  ts: number,
  bids: readonly number[],
  asks: readonly number[],
  change: Partial<EventOf<'book'>> = {},
): EventOf<'book'> {
  return { kind: 'book', ts, id: ID, venue: 'KRX', bids, asks, ...change };
}

export function phase(
  ts: number,
  name: EventOf<'phase'>['phase'],
  change: Partial<EventOf<'phase'>> = {},
): EventOf<'phase'> {
  return { kind: 'phase', ts, venue: 'KRX', phase: name, id: null, ...change };
}

export function vi(ts: number, on: boolean, cause: EventOf<'vi'>['cause']): EventOf<'vi'> {
  return { kind: 'vi', ts, id: ID, on, cause };
}

/** So many levels of a side from `best` on, `step` apart, each with `quantity` shares. */
export function levels(best: number, step: number, quantity: number, count = 10): number[] {
  return Array.from({ length: count }, (_, i) => [best + i * step, quantity]).flat();
}

/** Every bad price or rate that a feed may bring. */
export const BAD = [Number.NaN, 0, -1, -70_000, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const;
