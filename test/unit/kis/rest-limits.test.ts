/** The limit per app key: never passed in any second as the server counts it, used almost wholly, orders first. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kisLimits, type KisCall, type KisLane, type KisLimits } from '#core/broker/kis/index.ts';
import { CallLimiter } from '#core/broker/kis/rest/call-limiter.ts';
import { TransportError } from '#core/platform/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from '#test/support/fake-time.ts';
import { kisStand, refusal, success } from '#test/support/kis-stand.ts';

const LIMITS = kisLimits('real', sessionDate('2026-11-26'));
const PRICE: KisCall = {
  api: 'domestic-stock.inquire-price',
  params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};
const CANCEL: KisCall = { api: 'domestic-stock.order-rvsecncl', params: { RVSE_CNCL_DVSN_CD: '02' }, pass: 'cancel' };

/** Most arrivals that any window of one second holds, both ends counted. */
function mostInASecond(arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) > 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

interface PlannedCall {
  readonly atMs: number;
  readonly lane: KisLane;
  readonly ledger: boolean;
  /** On the way there, at the server, and whether it never leaves. */
  readonly thereMs: number;
  readonly workMs: number;
  readonly connectMs: number;
  readonly unsent: boolean;
}

/** Plays calls against the limiter; times at which the server saw them. */
async function play(
  calls: readonly PlannedCall[],
  limits: KisLimits,
): Promise<{ all: number[]; ledger: number[]; time: FakeTime }> {
  const time = createFakeTime(1_000_000);
  const limiter = new CallLimiter({ clock: time.clock, timers: time.timers, limits });
  const all: number[] = [];
  const ledger: number[] = [];
  let open = calls.length;
  for (const call of calls)
    time.timers.after(call.atMs, () => {
      void limiter.acquire({ lane: call.lane, ledger: call.ledger }).then((place) => {
        time.timers.after(call.connectMs, () => {
          if (call.unsent) {
            open -= 1;
            return place.settled({ sent: false });
          }
          place.written();
          time.timers.after(call.thereMs, () => {
            all.push(time.clock.monotonicMs());
            if (call.ledger) ledger.push(time.clock.monotonicMs());
            time.timers.after(call.workMs, () => {
              open -= 1;
              place.settled({ sent: true });
            });
          });
        });
      });
    });
  for (let second = 0; open > 0 && second < 200; second += 1) await time.advance(1_000);
  expect(open).toBe(0);
  return { all, ledger, time };
}

const lanes = fc.constantFrom<KisLane>('order', 'account', 'read', 'background');
const planned = fc.record({
  atMs: fc.integer({ min: 0, max: 3_000 }),
  lane: lanes,
  ledger: fc.boolean(),
  thereMs: fc.integer({ min: 0, max: LIMITS.jitterMs }),
  workMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_500 })),
  connectMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 })),
  unsent: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
});

describe('the limit of calls', () => {
  it('is never passed in any second, whatever comes when and however long it is on its way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(planned, { minLength: 1, maxLength: 70 }),
        fc.constantFrom(
          { callsPerSecond: 20, ledgerPerSecond: 10 },
          { callsPerSecond: 2, ledgerPerSecond: 2 },
          { callsPerSecond: 7, ledgerPerSecond: 1 },
        ),
        async (calls, rates) => {
          const { all, ledger } = await play(calls, { ...LIMITS, ...rates });
          expect(mostInASecond(all)).toBeLessThanOrEqual(rates.callsPerSecond);
          expect(mostInASecond(ledger)).toBeLessThanOrEqual(rates.ledgerPerSecond);
        },
      ),
      { numRuns: 150, seed: 20_261_126 },
    );
  }, 20_000);

  it.each([
    ['real', 20, 0],
    ['real', 20, 40],
    ['paper', 2, 40],
  ] as const)(
    'of %s is used to 95 % by a hundred reads, %d a second with %d ms of jitter',
    async (_, callsPerSecond, jitterMs) => {
      const calls = Array.from({ length: 100 }, (_unused, i): PlannedCall => ({
        atMs: 0,
        lane: 'read',
        ledger: false,
        thereMs: jitterMs === 0 ? 3 : (i * 17) % (jitterMs + 1),
        workMs: 20 + ((i * 31) % 60),
        connectMs: 0,
        unsent: false,
      }));
      const { all } = await play(calls, { ...LIMITS, callsPerSecond });
      expect(mostInASecond(all)).toBeLessThanOrEqual(callsPerSecond);
      const tookS = (Math.max(...all) - Math.min(...all)) / 1_000;
      expect((all.length - 1) / tookS / callsPerSecond).toBeGreaterThanOrEqual(0.95);
    },
  );
});

describe('the lanes', () => {
  it('let an order pass a hundred waiting reads within one distance', async () => {
    const stand = kisStand();
    await stand.rest.ensureToken();
    const reads = Promise.all(Array.from({ length: 100 }, () => stand.rest.call({ ...PRICE, lane: 'read' })));
    await stand.time.advance(2_500);
    const before = stand.calls.length;
    const cancel = stand.rest.call(CANCEL);
    await stand.time.advance(60);
    expect(stand.calls.slice(before).map((request) => request.headers['tr_id'])).toContain('TTTC0013U');
    await cancel;
    await stand.time.advance(10_000);
    await reads;
  });

  it('go account before read before background', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 2, ledgerPerSecond: 2 } });
    await stand.rest.ensureToken();
    const lane = (name: KisLane): Promise<unknown> =>
      stand.rest.call({ ...PRICE, lane: name, params: { ...PRICE.params, FID_INPUT_ISCD: name } });
    const all = [lane('read'), lane('background'), lane('read'), lane('account'), lane('background'), lane('account')];
    await stand.time.advance(10_000);
    await Promise.all(all);
    const order = stand.calls.map((request) => new URL(request.url).searchParams.get('FID_INPUT_ISCD'));
    expect(order).toEqual(['read', 'account', 'account', 'read', 'background', 'background']);
  });

  it('give the place of a caller who gave up to the next', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 1 } });
    await stand.rest.ensureToken();
    const away = new AbortController();
    const given = stand.rest.call({ ...PRICE, signal: away.signal }).catch((error: unknown) => error);
    const next = stand.rest.call(PRICE);
    await stand.time.advance(10);
    expect(stand.rest.health().waitingCalls).toBe(2);
    away.abort();
    expect(await given).toMatchObject({ code: 'CANCELED' });
    await stand.time.advance(1_100);
    await next;
    expect(stand.calls).toHaveLength(1);
  });

  it('are bounded, but never for a cancel', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 1, waitingLimit: 3 } });
    await stand.rest.ensureToken();
    const waiting = Array.from({ length: 3 }, () => stand.rest.call(PRICE));
    await stand.time.settle();
    await expect(stand.rest.call(PRICE)).rejects.toMatchObject({ code: 'KIS_QUEUE_FULL' });
    const cancel = stand.rest.call(CANCEL);
    await stand.time.advance(10_000);
    await Promise.all([...waiting, cancel]);
  });

  it('end when the client is closed', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 1 } });
    await stand.rest.ensureToken();
    const waiting = stand.rest.call(PRICE).catch((error: unknown) => error);
    await stand.time.settle();
    stand.rest.close();
    expect(await waiting).toMatchObject({ code: 'CANCELED' });
    await expect(stand.rest.call(PRICE)).rejects.toMatchObject({ code: 'CANCELED' });
  });
});

describe('a refusal for the rate', () => {
  it('of a read rests the reads, lets orders go on, and comes back by itself', async () => {
    const stand = kisStand();
    await stand.rest.ensureToken();
    await stand.time.advance(2_000);
    let refuse = true;
    stand.reply = (request) => (refuse && request.method === 'GET' ? refusal('EGW00201', '초과', 500) : success());
    const read = stand.rest.call(PRICE);
    await stand.time.settle();
    expect(stand.calls).toHaveLength(1);
    refuse = false;
    await stand.time.advance(500);
    expect(stand.calls).toHaveLength(1);
    await stand.rest.call(CANCEL);
    await stand.time.advance(2_000);
    await read;
    expect(stand.calls).toHaveLength(3);
  });

  it('lowers what is sent until the server is content', async () => {
    // A server that takes 12 a second where 20 are written in the settings.
    const stand = kisStand();
    await stand.rest.ensureToken();
    await stand.time.advance(5_000);
    const times: number[] = [];
    let refused = 0;
    stand.reply = () => {
      const nowMs = stand.time.clock.monotonicMs();
      while (times.length > 0 && nowMs - (times[0] ?? 0) >= 1_000) times.shift();
      if (times.length >= 12) {
        refused += 1;
        return refusal('EGW00201', '초과', 500);
      }
      times.push(nowMs);
      return success();
    };
    const all = Promise.all(Array.from({ length: 200 }, () => stand.rest.call(PRICE)));
    await stand.time.advance(60_000);
    await all;
    expect(refused).toBeLessThan(40);
  });
});

describe('a call that never left', () => {
  it('does not use up a place', async () => {
    const stand = kisStand({ limits: { callsPerSecond: 2, tries: 1 } });
    await stand.rest.ensureToken();
    await stand.time.advance(2_000);
    stand.reply = () => new TransportError('refused', false);
    for (let i = 0; i < 5; i += 1) {
      const failed = stand.rest.call({ ...PRICE, lane: 'read' }).catch((error: unknown) => error);
      await stand.time.advance(501);
      expect(await failed).toBeInstanceOf(AppError);
    }
    expect(stand.rest.health().callsPerSecond).toBe(0);
  });
});
