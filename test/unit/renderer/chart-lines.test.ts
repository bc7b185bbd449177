/** Lines of orders and alerts on a chart: where a drag ends, which line is meant, and when an order may not be moved; the hours of a day. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnTick, tickTable } from '#shared/market/index.ts';
import { kstInstant, sessionDate } from '#shared/time/index.ts';
import { lineAt, moveProblem, snapped } from '../../../renderer/panels/chart/parts/lines/moves.ts';
import { wayTo } from '../../../renderer/panels/chart/parts/lines/use-alerts.ts';
import { regularHours, sessionReader, stretches } from '../../../renderer/panels/chart/parts/sessions.ts';

const table = tickTable('KOSPI', sessionDate('2026-03-03'));
const limits = { lowerLimit: 49_700, upperLimit: 92_100 };

describe('where a line is let go', () => {
  it('is the nearest valid price within the limits of the day', () => {
    expect(snapped(table, 70_149, limits)).toBe(70_100);
    expect(snapped(table, 70_151, limits)).toBe(70_200);
    expect(snapped(table, 10, limits)).toBe(49_700);
    expect(snapped(table, 99_999, limits)).toBe(92_100);
    expect(snapped(table, -5, { lowerLimit: null, upperLimit: null })).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (price) => {
        expect(isOnTick(table, snapped(table, price, limits))).toBe(true);
      }),
    );
  });

  it('is the line nearest to the pointer', () => {
    const lines = [
      { kind: 'order', id: 'a', price: 100 },
      { kind: 'alert', id: 'b', price: 104 },
      { kind: 'order', id: 'far', price: 300 },
    ] as const;
    const yOf = (price: number): number | null => (price > 200 ? null : price);
    expect(lineAt(lines, yOf, { y: 101, reach: 5 })?.id).toBe('a');
    expect(lineAt(lines, yOf, { y: 103, reach: 5 })?.id).toBe('b');
    expect(lineAt(lines, yOf, { y: 110, reach: 5 })).toBeNull();
    expect(lineAt(lines, yOf, { y: 300, reach: 5 })).toBeNull();
  });
});

describe('an order line', () => {
  const order = { state: 'accepted', pending: 'none', type: 'limit' } as const;
  const now = { looksOnly: false, online: true, halted: false, issueHalted: false, ticks: table };

  it('may be moved only where an order could be replaced', () => {
    expect(moveProblem(order, now)).toBeNull();
    expect(moveProblem({ ...order, state: 'partiallyFilled' }, now)).toBeNull();
    expect(moveProblem(order, { ...now, looksOnly: true })).toBe('looksOnly');
    expect(moveProblem(order, { ...now, online: false })).toBe('noLine');
    expect(moveProblem(order, { ...now, halted: true })).toBe('halted');
    expect(moveProblem(order, { ...now, issueHalted: true })).toBe('issueHalted');
    expect(moveProblem(order, { ...now, ticks: null })).toBe('noTick');
    expect(moveProblem({ ...order, state: 'unconfirmed' }, now)).toBe('unconfirmed');
    expect(moveProblem({ ...order, pending: 'replace' }, now)).toBe('pending');
    expect(moveProblem({ ...order, type: 'postClose' }, now)).toBe('type');
  });
});

describe('an alert line', () => {
  it('waits for the price to come from where it is', () => {
    expect(wayTo(100, 90)).toBe('atOrAbove');
    expect(wayTo(80, 90)).toBe('atOrBelow');
    expect(wayTo(90, 90)).toBeNull();
  });
});

describe('the hours of a day', () => {
  const day = sessionDate('2026-03-03');
  const at = (text: string, date = day): number => {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    return kstInstant(date, (hours * 60 + minutes) * 60_000);
  };

  it('are before, in and after the regular session, the bar of the closing auction in it', () => {
    const read = sessionReader();
    const kinds = ['08:00', '08:59', '09:00', '15:19', '15:30', '15:31', '19:59'].map((text) => read(at(text)).kind);
    expect(kinds).toEqual(['pre', 'pre', 'regular', 'regular', 'regular', 'after', 'after']);
  });

  it('begin an hour later on a day that opens late, and are not guessed where they are not known', () => {
    const exam = sessionDate('2025-11-13');
    const read = sessionReader();
    expect(read(at('09:30', exam)).kind).toBe('pre');
    expect(read(at('10:00', exam)).kind).toBe('regular');
    expect(read(at('16:30', exam)).kind).toBe('regular');
    expect(regularHours(sessionDate('1980-01-04'))).toBeNull();
  });

  it('lie in stretches, parted by days', () => {
    const next = sessionDate('2026-03-04');
    const times = [at('08:10'), at('09:00'), at('09:01'), at('15:40'), at('08:20', next), at('09:00', next)];
    const found = stretches((place) => times[place] ?? 0, { from: 0, to: 5 }, sessionReader());
    expect(found).toEqual([
      { kind: 'pre', from: 0, to: 0, newDay: false },
      { kind: 'regular', from: 1, to: 2, newDay: false },
      { kind: 'after', from: 3, to: 3, newDay: false },
      { kind: 'pre', from: 4, to: 4, newDay: true },
      { kind: 'regular', from: 5, to: 5, newDay: false },
    ]);
    expect(stretches((place) => times[place] ?? 0, { from: 4, to: 4 }, sessionReader())[0]?.newDay).toBe(true);
  });
});
