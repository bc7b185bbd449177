/** Drawings: where they stand, what a pointer hits, how they move, the hand that makes them, and what can be taken back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, type Drawing, Drawings, DRAWING_TOOLS } from '#shared/domain/index.ts';
import {
  anchorAt,
  distance,
  dragged,
  hitOf,
  type Plane,
  rayEnd,
  shapeOf,
  type Words,
} from '../../../renderer/panels/chart/parts/drawing/geometry.ts';
import { Hand, type HandKey } from '../../../renderer/panels/chart/parts/drawing/hand.ts';
import { barTsOfX, type Places, tsOfX, xOfTs } from '../../../renderer/panels/chart/parts/drawing/places.ts';
import { NO_STEPS, redo, stepped, taken, undo } from '../../../renderer/panels/chart/parts/drawing/steps.ts';

const MINUTE = 60_000;
/** Ten minutes of a morning, a break of an hour, ten more. */
const TIMES = [...Array.from({ length: 10 }, (_, n) => n), ...Array.from({ length: 10 }, (_, n) => 70 + n)].map(
  (minute) => 1_000_000 * MINUTE + minute * MINUTE,
);

function placesOf(times: readonly number[], stepMs: number, spacing = 10): Places {
  return {
    count: times.length,
    tsAt: (place) => times[place] ?? Number.NaN,
    xAt: (place) => 100 + place * spacing,
    spacing,
    stepMs,
  };
}

/** A pixel of height is ten won; the top is 71,000. */
function planeOf(places: Places): Plane {
  return {
    width: 400,
    height: 300,
    spacing: places.spacing,
    xOf: (ts) => xOfTs(places, ts),
    yOf: (price) => (71_000 - price) / 10,
    tsOf: (x) => tsOfX(places, x),
    barTsOf: (x) => barTsOfX(places, x),
    priceOf: (y) => Math.round(71_000 - y * 10),
  };
}

const minutes = placesOf(TIMES, MINUTE);
const plane = planeOf(minutes);
const words: Words = {
  price: (price) => String(price),
  measured: (from, to) => `${to.price - from.price}`,
  widthOf: (label) => label.length * 6,
};
const at = (place: number, price: number): Anchor => ({ ts: TIMES[place] ?? 0, price });
const made = (tool: Drawing['tool'], ...anchors: Anchor[]): Drawing => ({
  id: tool,
  tool,
  anchors,
  text: tool === 'text' ? '메모' : '',
  colour: 1,
  width: 2,
  locked: false,
});

describe('places of instants', () => {
  it('are those of the bars, in proportion between them, and go on beyond the ends', () => {
    expect(xOfTs(minutes, TIMES[3] ?? 0)).toBe(130);
    expect(xOfTs(minutes, (TIMES[3] ?? 0) + MINUTE / 2)).toBe(135);
    // The break of an hour is one step wide.
    expect(xOfTs(minutes, (TIMES[9] ?? 0) + 30.5 * MINUTE)).toBe(195);
    expect(xOfTs(minutes, (TIMES[19] ?? 0) + 2 * MINUTE)).toBe(310);
    expect(xOfTs(minutes, (TIMES[0] ?? 0) - MINUTE)).toBe(90);
    expect(xOfTs(placesOf([], MINUTE), 5)).toBeNaN();
  });

  it('come back as the same instants', () => {
    fc.assert(
      fc.property(fc.integer({ min: (TIMES[0] ?? 0) - 20 * MINUTE, max: (TIMES[19] ?? 0) + 20 * MINUTE }), (ts) => {
        expect(Math.abs(tsOfX(minutes, xOfTs(minutes, ts)) - ts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('snap to the nearest bar', () => {
    expect(barTsOfX(minutes, 134)).toBe(TIMES[3]);
    expect(barTsOfX(minutes, 136)).toBe(TIMES[4]);
    expect(barTsOfX(minutes, 309)).toBe((TIMES[19] ?? 0) + 2 * MINUTE);
    expect(barTsOfX(minutes, 81)).toBe((TIMES[0] ?? 0) - 2 * MINUTE);
  });

  it('stay between the same bars in another interval', () => {
    const fives = placesOf(
      [0, 5, 70, 75].map((minute) => (TIMES[0] ?? 0) + minute * MINUTE),
      5 * MINUTE,
    );
    expect(xOfTs(fives, TIMES[3] ?? 0)).toBeCloseTo(106);
    expect(xOfTs(fives, TIMES[12] ?? 0)).toBeCloseTo(124);
  });
});

describe('shapes of drawings', () => {
  it('are what each tool draws', () => {
    const line = shapeOf(made('trend', at(0, 70_000), at(10, 70_500)), plane, words);
    expect(line.segments).toEqual([{ from: { x: 100, y: 100 }, to: { x: 200, y: 50 } }]);
    const ray = shapeOf(made('ray', at(0, 70_000), at(10, 70_500)), plane, words);
    expect(ray.segments[0]?.to).toEqual({ x: 300, y: 0 });
    const level = shapeOf(made('horizontal', at(4, 70_000)), plane, words);
    expect(level.segments[0]).toEqual({ from: { x: 0, y: 100 }, to: { x: 400, y: 100 } });
    expect(level.labels[0]?.text).toBe('70000');
    const channel = shapeOf(made('channel', at(0, 70_000), at(10, 70_500), at(5, 70_150)), plane, words);
    expect(channel.segments[1]).toEqual({ from: { x: 100, y: 110 }, to: { x: 200, y: 60 } });
    expect(channel.areas[0]).toHaveLength(4);
    const levels = shapeOf(made('fibonacci', at(0, 70_000), at(10, 71_000)), plane, words);
    expect(levels.labels.map(({ text }) => text)).toEqual([
      '0.0% 71000',
      '23.6% 70764',
      '38.2% 70618',
      '50.0% 70500',
      '61.8% 70382',
      '78.6% 70214',
      '100.0% 70000',
    ]);
    expect(shapeOf(made('measure', at(0, 70_000), at(10, 70_500)), plane, words).labels[0]?.text).toBe('500');
    expect(shapeOf(made('text', at(0, 70_000)), plane, words).labels[0]?.text).toBe('메모');
  });

  it('end a ray at an edge, straight up as well', () => {
    expect(rayEnd({ x: 10, y: 200 }, { x: 10, y: 150 }, plane)).toEqual({ x: 10, y: 0 });
    expect(rayEnd({ x: 10, y: 200 }, { x: 0, y: 200 }, plane)).toEqual({ x: 0, y: 200 });
    expect(rayEnd({ x: 5, y: 5 }, { x: 5, y: 5 }, plane)).toEqual({ x: 5, y: 5 });
  });

  it('are hit on their handles first, then on lines, areas and words', () => {
    const shape = shapeOf(made('trend', at(0, 70_000), at(10, 70_500)), plane, words);
    expect(hitOf(shape, { x: 101, y: 101 }, 5)).toBe(0);
    expect(hitOf(shape, { x: 199, y: 50 }, 5)).toBe(1);
    expect(hitOf(shape, { x: 150, y: 78 }, 5)).toBe('body');
    expect(hitOf(shape, { x: 150, y: 100 }, 5)).toBeNull();
    const channel = shapeOf(made('channel', at(0, 70_000), at(10, 70_500), at(5, 69_000)), plane, words);
    expect(hitOf(channel, { x: 160, y: 120 }, 5)).toBe('body');
    const note = shapeOf(made('text', at(5, 70_000)), plane, words);
    expect(hitOf(note, { x: 160, y: 104 }, 5)).toBe('body');
    expect(hitOf(note, { x: 190, y: 104 }, 5)).toBeNull();
    expect(distance({ x: 0, y: 5 }, { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } })).toBe(5);
  });
});

describe('moving a drawing', () => {
  it('moves one end to a bar and a price, and leaves the other', () => {
    const line = made('trend', at(0, 70_000), at(10, 70_500));
    const moved = dragged(line, { part: 1, from: { x: 200, y: 50 }, to: { x: 221, y: 20 } }, plane);
    expect(moved.anchors).toEqual([at(0, 70_000), at(12, 70_800)]);
  });

  it('moves all of it by whole bars, and back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DRAWING_TOOLS),
        fc.integer({ min: -4, max: 8 }),
        fc.integer({ min: -50, max: 50 }),
        (tool, bars, dy) => {
          const anchors = [at(4, 70_000), at(10, 70_500), at(7, 70_100)];
          const before = made(tool, ...anchors);
          const to = { x: 140 + bars * 10, y: 100 + dy };
          const there = dragged(before, { part: 'body', from: { x: 140, y: 100 }, to }, plane);
          const back = dragged(there, { part: 'body', from: to, to: { x: 140, y: 100 } }, plane);
          expect(back.anchors).toEqual(before.anchors);
          expect(there.anchors[0]).toEqual(at(4 + bars, 70_000 - dy * 10));
        },
      ),
    );
  });

  it('gives whole milliseconds and prices', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -500, max: 900, noNaN: true }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (x, y) => {
          const anchor = anchorAt({ x, y }, plane);
          expect(Drawings.safeParse({ drawings: [made('horizontal', anchor)] }).success).toBe(true);
        },
      ),
    );
  });
});

describe('the document', () => {
  it('holds as many points as the tool stands on, in whole prices', () => {
    expect(Drawings.parse({ drawings: [] }).hidden).toBe(false);
    expect(Drawings.safeParse({ drawings: [made('trend', at(0, 1))] }).success).toBe(false);
    expect(Drawings.safeParse({ drawings: [made('horizontal', at(0, 1.5))] }).success).toBe(false);
    expect(Drawings.safeParse({ drawings: [made('channel', at(0, 1), at(1, 2), at(2, 1))] }).success).toBe(true);
  });
});

describe('undo', () => {
  it('takes steps back one by one and does them again, whatever others have drawn', () => {
    const a = made('trend', at(0, 1), at(1, 2));
    const moved = { ...a, anchors: [at(2, 1), at(3, 2)] };
    const other = made('horizontal', at(0, 5));
    let steps = taken(NO_STEPS, [{ id: a.id, before: null, after: a }]);
    steps = taken(steps, [{ id: a.id, before: a, after: moved }]);
    let now: Drawing[] = [moved, other];
    const first = undo(steps);
    now = stepped(now, first?.step ?? []);
    expect(now).toEqual([a, other]);
    const second = undo(first?.steps ?? NO_STEPS);
    now = stepped(now, second?.step ?? []);
    expect(now).toEqual([other]);
    expect(undo(second?.steps ?? NO_STEPS)).toBeNull();
    const again = redo(second?.steps ?? NO_STEPS);
    expect(stepped(now, again?.step ?? [])).toEqual([other, a]);
    expect(taken(second?.steps ?? NO_STEPS, []).undone).toEqual([]);
  });
});

describe('the hand', () => {
  const key = (name: string, more: Partial<HandKey> = {}): HandKey => ({
    key: name,
    code: name,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  });
  function stand(first: readonly Drawing[] = []) {
    let drawings: Drawing[] = [...first];
    let steps = NO_STEPS;
    let ids = 0;
    const told: string[] = [];
    const hand = new Hand({
      plane: () => plane,
      words: () => words,
      drawings: () => drawings,
      priceStep: (price, ticks) => price + ticks * 100,
      newId: () => `d${(ids += 1)}`,
      act(step) {
        steps = taken(steps, step);
        drawings = stepped(drawings, step);
      },
      full: () => told.push('full'),
      undo() {
        const back = undo(steps);
        if (!back) return;
        steps = back.steps;
        drawings = stepped(drawings, back.step);
      },
      redo: () => told.push('redo'),
      pointTo: (anchor) => told.push(anchor ? `${anchor.price}` : 'gone'),
    });
    return { hand, told, drawings: () => drawings };
  }

  it('draws by presses, selects what it has drawn, and lets the chart have the rest', () => {
    const { hand, drawings } = stand();
    expect(hand.press({ x: 100, y: 100 })).toBe(false);
    expect(hand.key(key('t', { code: 'KeyT' }))).toBe(true);
    expect(hand.press({ x: 102, y: 100 })).toBe(true);
    hand.release({ x: 102, y: 100 });
    hand.move({ x: 180, y: 60 });
    expect(hand.draft()?.anchors).toHaveLength(2);
    hand.press({ x: 200, y: 50 });
    hand.release({ x: 200, y: 50 });
    expect(drawings()).toMatchObject([{ tool: 'trend', anchors: [at(0, 70_000), at(10, 70_500)] }]);
    expect(hand.state()).toMatchObject({ tool: null, selected: 'd1' });
    expect(hand.press({ x: 300, y: 250 })).toBe(false);
    expect(hand.state().selected).toBeNull();
  });

  it('draws in one stroke', () => {
    const { hand, drawings } = stand();
    hand.choose('measure');
    hand.press({ x: 100, y: 100 });
    hand.move({ x: 150, y: 80 });
    hand.release({ x: 150, y: 80 });
    expect(drawings()).toMatchObject([{ tool: 'measure', anchors: [at(0, 70_000), at(5, 70_200)] }]);
  });

  it('moves an end, and Escape in the middle leaves it where it was', () => {
    const line = made('trend', at(0, 70_000), at(10, 70_500));
    const { hand, drawings } = stand([line]);
    hand.press({ x: 200, y: 50 });
    hand.move({ x: 220, y: 20 });
    expect(hand.shown()[0]?.anchors[1]).toEqual(at(12, 70_800));
    expect(hand.key(key('Escape'))).toBe(true);
    hand.release({ x: 220, y: 20 });
    expect(drawings()).toEqual([line]);
    hand.press({ x: 200, y: 50 });
    hand.move({ x: 220, y: 20 });
    hand.release({ x: 220, y: 20 });
    expect(drawings()[0]?.anchors[1]).toEqual(at(12, 70_800));
    hand.key(key('z', { code: 'KeyZ', ctrlKey: true }));
    expect(drawings()).toEqual([line]);
  });

  it('goes without a mouse: tool, arrows, Enter; then nudges and removes', () => {
    const { hand, drawings, told } = stand();
    hand.key(key('h', { code: 'KeyH' }));
    hand.key(key('ArrowUp'));
    hand.key(key('Enter'));
    const [level] = drawings();
    expect(level).toMatchObject({ tool: 'horizontal', anchors: [{ price: 69_600 }] });
    expect(told).toEqual(['69600']);
    hand.key(key('ArrowDown', { shiftKey: true }));
    hand.key(key('ArrowLeft'));
    expect(drawings()[0]?.anchors[0]).toEqual({ ts: TIMES[9], price: 68_600 });
    expect(hand.key(key('Delete'))).toBe(true);
    expect(drawings()).toEqual([]);
    expect(hand.key(key('Delete'))).toBe(false);
  });

  it('gives up step by step with Escape', () => {
    const { hand } = stand();
    hand.choose('channel');
    hand.press({ x: 100, y: 100 });
    hand.cancel();
    expect(hand.state()).toMatchObject({ tool: 'channel', points: [] });
    hand.cancel();
    expect(hand.state().tool).toBeNull();
    expect(hand.cancel()).toBe(false);
  });

  it('writes a text where it was pressed, and nothing where nothing was written', () => {
    const { hand, drawings } = stand();
    hand.choose('text');
    hand.press({ x: 100, y: 100 });
    expect(hand.state().writing?.anchor).toEqual(at(0, 70_000));
    hand.write('  ');
    expect(drawings()).toEqual([]);
    hand.choose('text');
    hand.press({ x: 100, y: 100 });
    hand.write(' 지지선 ');
    expect(drawings()[0]).toMatchObject({ text: '지지선' });
    expect(hand.key(key('Enter'))).toBe(true);
    hand.write('저항선');
    expect(drawings()[0]).toMatchObject({ text: '저항선' });
  });

  it('leaves a locked drawing alone', () => {
    const line = { ...made('trend', at(0, 70_000), at(10, 70_500)), locked: true };
    const { hand, drawings } = stand([line]);
    hand.press({ x: 200, y: 50 });
    hand.move({ x: 220, y: 20 });
    hand.release({ x: 220, y: 20 });
    hand.key(key('Delete'));
    hand.key(key('ArrowUp'));
    hand.look({ colour: 3 });
    expect(drawings()).toEqual([line]);
    hand.lock(line);
    hand.look({ colour: 3, width: 1 });
    expect(drawings()[0]).toMatchObject({ locked: false, colour: 3, width: 1 });
  });

  it('says when there are too many', () => {
    const many = Array.from({ length: 500 }, (_, n) => ({ ...made('horizontal', at(0, n)), id: `m${n}` }));
    const { hand, drawings, told } = stand(many);
    hand.choose('horizontal');
    hand.press({ x: 100, y: 290 });
    expect(drawings()).toHaveLength(500);
    expect(told).toEqual(['full']);
  });
});
