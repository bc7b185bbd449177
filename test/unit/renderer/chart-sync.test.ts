/** Charts of a link group: one leads, the others follow once a frame, and nothing echoes. */
import { describe, expect, it } from 'vitest';
import type { ChartSync } from '#shared/domain/index.ts';
import { ChartGroups, type ChartMember } from '../../../renderer/client/chart-sync.ts';

const ALL: ChartSync = { crosshair: true, interval: true, range: true };

function stand() {
  let asked: (() => void) | null = null;
  const groups = new ChartGroups((run) => () => {
    asked = run;
  });
  const frame = (): boolean => {
    const run = asked;
    asked = null;
    run?.();
    return run !== null;
  };
  const chart = (wants: ChartSync = ALL) => {
    const heard: string[] = [];
    const member: ChartMember = {
      wants: () => wants,
      cross: (at) => heard.push(at ? `cross ${at.ts}` : 'no cross'),
      range(range) {
        heard.push(`range ${range.fromTs}-${range.toTs}`);
        // As the library does: what is put into view is told as if it had been scrolled there.
        groups.say('A', member, { range });
      },
      interval: (interval) => heard.push(interval),
    };
    return { member, heard, leave: groups.join('A', member) };
  };
  return { groups, frame, chart };
}

describe('charts of a link group', () => {
  it('follow the one under the hand, once a frame with the newest', () => {
    const { groups, frame, chart } = stand();
    const [a, b] = [chart(), chart()];
    groups.lead('A', a.member);
    groups.say('A', a.member, { cross: { ts: 1, price: 5 } });
    groups.say('A', a.member, { cross: { ts: 2, price: 5 }, interval: '5m' });
    groups.say('A', a.member, { range: { fromTs: 10, toTs: 20 } });
    expect(b.heard).toEqual([]);
    frame();
    expect(b.heard).toEqual(['5m', 'range 10-20', 'cross 2']);
    expect(a.heard).toEqual([]);
    // What the follower said of its own scroll was an echo.
    expect(frame()).toBe(false);
  });

  it('hear nobody who does not lead', () => {
    const { groups, frame, chart } = stand();
    const [a, b] = [chart(), chart()];
    groups.say('A', b.member, { interval: '1d' });
    groups.lead('A', a.member);
    groups.say('A', b.member, { interval: '1d' });
    groups.say('B', a.member, { interval: '1d' });
    expect(frame()).toBe(false);
    expect(a.heard).toEqual([]);
  });

  it('share only what both want', () => {
    const { groups, frame, chart } = stand();
    const a = chart({ crosshair: true, interval: false, range: true });
    const b = chart({ crosshair: true, interval: true, range: false });
    groups.lead('A', a.member);
    groups.say('A', a.member, { cross: null, interval: '1d', range: { fromTs: 1, toTs: 2 } });
    frame();
    expect(b.heard).toEqual(['no cross']);
  });

  it('are left, and what a leader said last is not told after it has gone', () => {
    const { groups, frame, chart } = stand();
    const [a, b] = [chart(), chart()];
    groups.lead('A', a.member);
    groups.say('A', a.member, { interval: '1d' });
    a.leave();
    frame();
    expect(b.heard).toEqual([]);
    b.leave();
    groups.lead('A', b.member);
    groups.say('A', b.member, { interval: '1d' });
    expect(frame()).toBe(false);
  });
});
