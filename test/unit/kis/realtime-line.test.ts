/** The line: opened again from what is wanted, watched in silence, and never tried too often. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REALTIME_SETTINGS } from '#core/broker/kis/realtime/index.ts';
import { kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';
import { realtimeStand, tradeFields, tradeFrame } from '#test/support/realtime-stand.ts';
import { ackText } from '#test/support/scripted-socket.ts';

const PING = '{"header":{"tr_id":"PINGPONG","datetime":"20260304090001"}}';

describe('a line', () => {
  it('registers everything again after a break, the most important first, and tells who was live that there is a gap', async () => {
    const { time, sockets, want, client } = realtimeStand();
    const lines: string[] = [];
    client.watchLine((state) => void lines.push(state));
    const [listed, held] = [want('005930'), want('000660', { rank: 'positions' })];
    await time.advance(2_000);
    sockets.last.end();
    await time.advance(5_000);
    expect(sockets.lines).toHaveLength(2);
    expect(sockets.last.asked.map(({ key }) => key)).toEqual(['000660', '005930']);
    expect(listed.states).toEqual(['waiting', 'live', 'waiting', 'live']);
    expect(held.states).toEqual(['waiting', 'live', 'waiting', 'live']);
    expect(lines).toEqual(['down', 'up', 'down', 'up']);
    expect(client.health()).toMatchObject({ gaps: 2, socket: { reconnects: 1, state: 'open' }, problem: null });
  });

  it('paces registrations', async () => {
    const { time, sockets, want } = realtimeStand({ settings: { sendGapMs: 100 } });
    for (let n = 0; n < 10; n += 1) want(String(n));
    await time.advance(450);
    expect(sockets.last.asked.length).toBeLessThanOrEqual(5);
    await time.advance(1_000);
    expect(sockets.last.asked).toHaveLength(10);
  });

  it('answers PINGPONG in both forms and learns the time from it', async () => {
    const heard: EpochMs[] = [];
    const { time, sockets, want } = realtimeStand({ serverClock: { heard: (at) => void heard.push(at) } });
    want('005930');
    await time.advance(1_000);
    sockets.last.say(PING);
    expect(sockets.last.sent.at(-1)).toBe(PING);
    expect(sockets.last.pongs).toEqual([PING]);
    expect(heard).toEqual([kstInstant(sessionDate('2026-03-04'), timeOfDayMs('09:00:01'))]);
    sockets.last.say(PING.replace('20260304090001', '20261399999999'));
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['records', (line: { say(text: string): void }) => line.say(tradeFrame(tradeFields('005930', 1)))],
    ['PINGPONG', (line: { say(text: string): void }) => line.say(PING)],
    ['control frames', (line: { alive(): void }) => line.alive()],
  ])('counts as alive while %s come, and is given up in silence', async (_, speak) => {
    const { time, sockets, want } = realtimeStand();
    want('005930');
    await time.advance(1_000);
    for (let n = 0; n < 10; n += 1) {
      await time.advance(30_000);
      speak(sockets.last);
    }
    expect(sockets.lines).toHaveLength(1);
    await time.advance(REALTIME_SETTINGS.silentMs * 2);
    expect(sockets.lines[0]?.isOver).toBe(true);
    expect(sockets.lines.length).toBeGreaterThan(1);
  });

  it('gives up on a server that never opens', async () => {
    const { time, sockets, want, client } = realtimeStand();
    sockets.greet = () => undefined;
    want('005930');
    await time.advance(15_000);
    expect(sockets.lines.length).toBe(2);
    expect(client.health().problem?.code).toBe('KIS_LINE_DOWN');
  });

  it('waits longer and longer while another session holds the key, and says why', async () => {
    const { time, sockets, want, client } = realtimeStand();
    sockets.hear = (line) => line.say(ackText({ trId: '(null)', key: '' }, 'OPSP8996'));
    const wisher = want('005930');
    await time.advance(1_000);
    expect(client.health()).toMatchObject({
      socket: { state: 'inUse' },
      problem: { code: 'KIS_LINE_IN_USE' },
    });
    expect(client.health().socket.nextTryMs).toBeGreaterThanOrEqual(14_000);
    await time.advance(3_600_000);
    // An hour of tries at 5 minutes at most, 2.5 at least.
    expect(sockets.lines.length).toBeLessThanOrEqual(27);
    expect(sockets.lines.length).toBeGreaterThanOrEqual(12);
    expect(wisher.states).toEqual(['waiting']);
    sockets.hear = (line, asked) => line.say(ackText(asked));
    const beat = time.timers.every(20_000, () => sockets.last.alive());
    await time.advance(300_000);
    beat.cancel();
    expect(wisher.states).toEqual(['waiting', 'live']);
    expect(client.health().problem).toBeNull();
  });

  it('renews a refused approval key once, and then waits', async () => {
    const { time, sockets, want, renewals, client } = realtimeStand();
    sockets.hear = (line, asked) =>
      line.say(asked.approvalKey === 'approval-2' ? ackText(asked) : ackText(asked, 'OPSP0011'));
    const wisher = want('005930');
    await time.advance(5_000);
    expect(renewals).toEqual([false, true]);
    expect(wisher.states.at(-1)).toBe('live');
    sockets.hear = (line, asked) => line.say(ackText(asked, 'OPSP0011'));
    sockets.last.end();
    await time.advance(600_000);
    expect(renewals.filter((isRenewal) => isRenewal)).toHaveLength(2);
    expect(client.health().problem?.code).toBe('KIS_LINE_KEY');
  });

  it('does not loop where no approval key can be had', async () => {
    let asked = 0;
    const approvalKey = async (): Promise<string> => {
      asked += 1;
      throw new Error('no key');
    };
    const { time, want, sockets } = realtimeStand({ approvalKey });
    want('005930');
    await time.advance(60_000);
    expect(sockets.lines).toHaveLength(0);
    expect(asked).toBeLessThanOrEqual(REALTIME_SETTINGS.connectsPerMinute);
    expect(asked).toBeGreaterThan(1);
  });

  it('polls what was live once the line has been away for a while', async () => {
    const fetched: string[] = [];
    const poll = {
      offers: (api: string) => api === 'domestic-stock.ccnl-krx',
      fetch: async ({ key }: { readonly key: string }) => {
        fetched.push(key);
        return [{ MKSC_SHRN_ISCD: key, STCK_PRPR: 1 }];
      },
    };
    const { time, sockets, want } = realtimeStand({ poll });
    const [trade, book] = [want('005930'), want('005930', { api: 'domestic-stock.asking-price-krx' })];
    await time.advance(2_000);
    sockets.greet = (line) => line.end('refused');
    sockets.last.end();
    await time.advance(4_000);
    expect(fetched).toEqual([]);
    await time.advance(4_000);
    expect([trade.states.at(-1), book.states.at(-1)]).toEqual(['polled', 'waiting']);
    expect(trade.records.length).toBeGreaterThan(2);
    sockets.greet = (line) => line.open();
    await time.advance(120_000);
    expect(trade.states.at(-1)).toBe('live');
    const count = fetched.length;
    await time.advance(10_000);
    sockets.last.alive();
    expect(fetched).toHaveLength(count);
  });

  it('never connects more than six times in any minute, however the server closes', async () => {
    // How each connection ends: never opened, closed at once, after some seconds, in use, key refused, after a stable time.
    const end = fc.constantFrom('shut', 'atOnce', 'soon', 'inUse', 'keyRefused', 'late', 'silent');
    await fc.assert(
      fc.asyncProperty(fc.array(end, { minLength: 1, maxLength: 12 }), async (ends) => {
        const { time, sockets, want, client } = realtimeStand();
        const connectedMs: number[] = [];
        let turn = 0;
        sockets.greet = (line) => {
          connectedMs.push(time.clock.monotonicMs());
          const how = ends[turn % ends.length];
          turn += 1;
          if (how === 'shut') {
            line.end('refused');
            return;
          }
          sockets.hear = (at, asked) => {
            const code = how === 'inUse' ? 'OPSP8996' : how === 'keyRefused' ? 'OPSP0011' : 'OPSP0000';
            at.say(ackText(asked, code));
          };
          line.open();
          if (how === 'atOnce') line.end();
          if (how === 'soon') time.timers.after(1_500, () => line.end(null));
          if (how === 'late') {
            const beat = time.timers.every(20_000, () => line.alive());
            time.timers.after(61_000, () => {
              beat.cancel();
              line.end();
            });
          }
        };
        want('005930');
        want('user', { api: 'domestic-stock.ccnl-notice', rank: 'orders' });
        await time.advance(900_000);
        client.close();
        expect(connectedMs.length).toBeGreaterThan(3);
        connectedMs.forEach((startMs, n) => {
          const inMinute = connectedMs.slice(n).filter((ms) => ms <= startMs + 60_000);
          expect(inMinute.length).toBeLessThanOrEqual(REALTIME_SETTINGS.connectsPerMinute);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('begins anew with short waits after a stable minute only', async () => {
    const { time, sockets, want, client } = realtimeStand();
    sockets.greet = (line) => line.end('refused');
    want('005930');
    await time.advance(120_000);
    sockets.greet = (line) => line.open();
    await time.advance(60_000);
    await time.advance(2_000);
    sockets.last.end();
    const soon = client.health().socket.nextTryMs ?? 0;
    expect(soon).toBeGreaterThan(10_000);
    await time.advance(61_000);
    const beat = time.timers.every(20_000, () => sockets.last.alive());
    await time.advance(70_000);
    beat.cancel();
    sockets.last.end();
    expect(client.health().socket.nextTryMs).toBeLessThanOrEqual(1_000);
  });

  it('hears nothing more of a line it has left', async () => {
    const { time, sockets, want } = realtimeStand();
    const wisher = want('005930');
    await time.advance(1_000);
    const old = sockets.last;
    sockets.greet = (line) => line.open();
    old.end();
    await time.advance(5_000);
    old.isOver = false;
    old.say(tradeFrame(tradeFields('005930', 1)));
    old.end();
    await time.advance(1_000);
    expect(wisher.records).toHaveLength(0);
    expect(sockets.lines).toHaveLength(2);
  });
});
