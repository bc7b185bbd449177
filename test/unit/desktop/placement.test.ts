/** Where windows may stand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeGrasped, placeOn, type Area } from '../../../electron/hosts/desktop/placement.ts';
import { addressOf, isPage, windowAsked } from '../../../electron/hosts/desktop/channel.ts';
import { windowOptions } from '../../../electron/hosts/desktop/window.ts';

const MAIN: Area = { x: 0, y: 0, width: 1_920, height: 1_040 };
const RIGHT: Area = { x: 1_920, y: 0, width: 1_280, height: 984 };

describe('the place of a window', () => {
  it.each([
    ['stays where it can be grasped', { x: 40, y: 60, width: 1_300, height: 800 }, null],
    ['stays across two displays', { x: 1_500, y: 10, width: 1_300, height: 800 }, null],
    ['stays hanging out below', { x: 40, y: 900, width: 1_300, height: 800 }, null],
    ['comes back from a display that is gone', { x: 9_000, y: 200, width: 1_300, height: 800 }, { x: 620, y: 200 }],
    ['comes down from above the edge', { x: 40, y: -500, width: 1_300, height: 800 }, { x: 40, y: 0 }],
    ['goes to the display it overlaps most', { x: 3_100, y: 100, width: 1_000, height: 700 }, { x: 2_200, y: 100 }],
    ['shrinks to its display', { x: 5_000, y: 0, width: 4_000, height: 3_000 }, { width: 1_920, height: 1_040 }],
  ])('%s', (_name, bounds, moved) => {
    const placed = placeOn(bounds, [MAIN, RIGHT]);
    if (moved === null) expect(placed).toEqual(bounds);
    else expect(placed).toMatchObject(moved);
  });

  it('can always be grasped, whatever was written down', () => {
    const area = fc.record({
      x: fc.integer({ min: -100_000, max: 100_000 }),
      y: fc.integer({ min: -100_000, max: 100_000 }),
      width: fc.integer({ min: 1, max: 100_000 }),
      height: fc.integer({ min: 1, max: 100_000 }),
    });
    fc.assert(
      fc.property(area, fc.boolean(), (bounds, two) => {
        const displays = two ? [MAIN, RIGHT] : [MAIN];
        const placed = placeOn(bounds, displays);
        // A window lower than the strip by which it is moved is no window of ours.
        expect(canBeGrasped(placed, displays) || placed.height < 32).toBe(true);
        expect(placed.width).toBeLessThanOrEqual(bounds.width);
      }),
    );
  });

  it('is left alone where no display is known', () => {
    const bounds = { x: 9_000, y: 0, width: 10, height: 10 };
    expect(placeOn(bounds, [])).toEqual(bounds);
  });
});

describe('the address of a window', () => {
  it('names it and nothing else', () => {
    expect(windowAsked(addressOf('w2'))).toBe('w2');
    for (const other of ['app://maru/', 'app://maru/?window=', 'app://maru/?window=w2#x', 'https://maru/?window=w2'])
      expect(windowAsked(other)).toBeNull();
  });

  it('is ours only with our host', () => {
    expect([isPage('app://maru/'), isPage('app://maru/?window=w2')]).toEqual([true, true]);
    for (const other of ['app://maru.example/', 'app://marux/', 'https://maru/', 'app:/maru/', ''])
      expect(isPage(other)).toBe(false);
  });
});

describe('the options of a window', () => {
  it('are equally safe for each, and without tools where packed', () => {
    const parts = { preload: '/p.cjs', place: null };
    const main = windowOptions({ ...parts, windowId: 'main', packaged: true });
    const second = windowOptions({ ...parts, windowId: 'w2', packaged: true });
    expect(second.webPreferences).toEqual(main.webPreferences);
    expect(main.webPreferences).toEqual({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      backgroundThrottling: true,
      devTools: false,
    });
  });
});
