/** Earlier states kept in memory: bounded, the newest dense, the first never lost; and the log of trades beside them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TradeLog } from '#core/market/trade-log.ts';
import { Checkpoints } from '#core/simulator/checkpoints.ts';
import type { MarketRun } from '#core/simulator/market-run.ts';
import { Rng } from '#shared/rng/index.ts';
import { epochMs } from '#shared/time/index.ts';

/** What the checkpoints see of a run: a state that cannot be packed well. */
function fakeRun(): { readonly run: MarketRun; readonly goOn: (events: number) => void } {
  const rng = Rng.from(1, 'state');
  let [now, events] = [1_000, 0];
  const run = {
    exchange: {
      get events() {
        return events;
      },
    },
    snapshot: () => ({
      run: 1,
      exchange: { now, options: { seed: 7 }, noise: Uint32Array.from({ length: 2_500 }, () => rng.u32()) },
    }),
  };
  return {
    run: run as unknown as MarketRun,
    goOn: (more) => {
      events += more;
      now += 1_000;
    },
  };
}

describe('checkpoints', () => {
  it('are taken every so many events and found by time', () => {
    const { run, goOn } = fakeRun();
    const kept = new Checkpoints({ everyEvents: 100 });
    expect(kept.fromTs).toBeNull();
    expect(kept.at(epochMs(1_000))).toBeNull();
    kept.began(run, 5);
    for (let i = 0; i < 6; i += 1) {
      goOn(50);
      kept.worked(run, 6 + i);
    }
    expect(kept.count).toBe(4);
    expect(kept.at(epochMs(4_999))).toMatchObject({
      ts: 3_000,
      logSeq: 7,
      market: { exchange: { options: { seed: 7 } } },
    });
    expect(kept.at(epochMs(999))).toBeNull();
    kept.cut(epochMs(4_000));
    expect(kept.at(epochMs(9_000))).toMatchObject({ ts: 3_000 });
  });

  it('stay within their memory: the older ones are thinned, the first and the newest stay', async () => {
    const { run, goOn } = fakeRun();
    const maxBytes = 600_000;
    const kept = new Checkpoints({ everyEvents: 1, maxBytes });
    kept.began(run, 1);
    for (let i = 0; i < 200; i += 1) {
      goOn(10);
      kept.worked(run, 1);
      expect(kept.bytes).toBeLessThanOrEqual(maxBytes + 12_000);
    }
    await sleep(200);
    expect(kept.bytes).toBeLessThanOrEqual(maxBytes);
    expect(kept.count).toBeLessThan(70);
    expect(kept.fromTs).toBe(1_000);
    const now = 201_000;
    for (let back = 0; back < 32; back += 1) expect(kept.at(epochMs(now - back * 1_000))?.ts).toBe(now - back * 1_000);
    // Those far back are still within a few states of where one wants to go.
    expect(now - (kept.at(epochMs(now / 2))?.ts ?? 0)).toBeLessThan(now / 2 + 20_000);
  });
});

describe('the log of trades', () => {
  it('tells nothing any more once it is full', () => {
    const log = new TradeLog(3);
    const trade = { instrumentId: 'KRX:005930', venue: 'NXT', price: 5, quantity: 6, aggressor: 'sell' } as const;
    for (const seq of [1, 2, 3]) log.add(2, { ...trade, seq, ts: epochMs(seq * 10) });
    expect([log.full, log.countAt(epochMs(9)), log.countAt(epochMs(20)), log.countAt(epochMs(99))]).toEqual([
      false,
      0,
      2,
      3,
    ]);
    const seen: unknown[] = [];
    log.each(2, 3, {
      newest: 1,
      figures: () => seen.push('of KRX'),
      whole: (each) => seen.push(each),
      passed: (place, units) => seen.push([place, units]),
    });
    expect(seen).toEqual([
      [2, { trades: 1, krx: 0, nxt: 6 }],
      { seq: 2, place: 2, venue: 'NXT', price: 5, quantity: 6, aggressor: 'sell', ts: 20 },
    ]);
    log.add(2, { ...trade, seq: 4, ts: epochMs(40) });
    expect(log.full).toBe(true);
  });
});
