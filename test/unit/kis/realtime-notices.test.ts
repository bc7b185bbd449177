/** Order notices: opened with the key of the registration, kept until it comes, and never a loop over a wrong HTS id. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { realtimeStand } from '#test/support/realtime-stand.ts';
import { ackText, sealedFrame } from '#test/support/scripted-socket.ts';
import samples from '../../fixtures/kis/ws.notices-decrypted.json' with { type: 'json' };

const API = 'domestic-stock.ccnl-notice';
const newKeys = () => ({ key: randomBytes(16).toString('hex'), iv: randomBytes(8).toString('hex') });
const FILL = samples.H0STCNI0.fill;

describe('order notices', () => {
  it('become records with the key of the answer', async () => {
    const { time, sockets, want, log, client } = realtimeStand();
    const keys = newKeys();
    sockets.hear = (line, asked) => line.say(ackText(asked, 'OPSP0000', { keys }));
    const wisher = want('tester', { api: API, rank: 'orders' });
    await time.advance(1_000);
    sockets.last.say(sealedFrame('H0STCNI0', FILL, keys));
    expect(wisher.records).toHaveLength(1);
    expect(wisher.records[0]).toMatchObject({ ODER_NO: '0000002891', CNTG_QTY: 1, CNTG_UNPR: 3_190, CNTG_YN: '2' });
    expect(JSON.stringify(log.lines)).not.toContain(keys.key);
    // The HTS id is nobody's business on a screen either.
    expect(JSON.stringify(client.health())).not.toContain('tester');
  });

  it('are kept when they come before their key', async () => {
    const { time, sockets, want } = realtimeStand();
    const keys = newKeys();
    sockets.hear = (line, asked) => {
      line.say(sealedFrame('H0STCNI0', FILL, keys));
      line.say(ackText(asked, 'OPSP0000', { keys }));
    };
    const wisher = want('tester', { api: API, rank: 'orders' });
    await time.advance(1_000);
    expect(wisher.records).toHaveLength(1);
  });

  it('that cannot be opened lead to a new registration, whose key may open them', async () => {
    const { time, sockets, want, client, log } = realtimeStand();
    const [old, fresh] = [newKeys(), newKeys()];
    let asks = 0;
    sockets.hear = (line, asked) => {
      if (asked.what === 'subscribe') asks += 1;
      const keys = asks === 1 ? old : fresh;
      line.say(asked.what === 'subscribe' ? ackText(asked, 'OPSP0000', { keys }) : ackText(asked, 'OPSP0001'));
    };
    const wisher = want('tester', { api: API, rank: 'orders' });
    await time.advance(1_000);
    sockets.last.say(sealedFrame('H0STCNI0', FILL, fresh));
    await time.advance(1_000);
    expect(sockets.last.asked.map(({ what }) => what)).toEqual(['subscribe', 'unsubscribe', 'subscribe']);
    expect(wisher.records).toHaveLength(1);
    expect(wisher.states).toEqual(['waiting', 'live', 'waiting', 'live']);
    expect(client.health().gaps).toBe(1);
    const frame = sealedFrame('H0STCNI0', FILL, newKeys());
    for (let n = 0; n < 20; n += 1) {
      sockets.last.say(frame);
      await time.advance(1_000);
      sockets.last.alive();
    }
    // A server whose keys never fit is not asked for ever.
    expect(sockets.last.asked.length).toBeLessThanOrEqual(8);
    expect(client.health().streams[0]?.alarmKo).toContain('암호');
    expect(JSON.stringify(log.lines)).not.toContain(frame.slice(14));
  });

  it('of a registration that was there already are asked for again, for their key', async () => {
    const { time, sockets, want } = realtimeStand();
    const keys = newKeys();
    let asks = 0;
    sockets.hear = (line, asked) => {
      if (asked.what === 'unsubscribe') line.say(ackText(asked, 'OPSP0001'));
      else line.say((asks += 1) === 1 ? ackText(asked, 'OPSP0002') : ackText(asked, 'OPSP0000', { keys }));
    };
    const wisher = want('tester', { api: API, rank: 'orders' });
    await time.advance(1_000);
    sockets.last.say(sealedFrame('H0STCNI0', FILL, keys));
    expect(wisher.records).toHaveLength(1);
  });

  it('do not trust the key of the last session', async () => {
    const { time, sockets, want } = realtimeStand();
    const [old, fresh] = [newKeys(), newKeys()];
    sockets.hear = (line, asked) => line.say(ackText(asked, 'OPSP0000', { keys: old }));
    const wisher = want('tester', { api: API, rank: 'orders' });
    await time.advance(5_000);
    let asks = 0;
    sockets.hear = (line, asked) => {
      if (asked.what === 'unsubscribe') line.say(ackText(asked, 'OPSP0001'));
      else line.say((asks += 1) === 1 ? ackText(asked, 'OPSP0002') : ackText(asked, 'OPSP0000', { keys: fresh }));
    };
    sockets.last.end();
    await time.advance(5_000);
    expect(asks).toBe(2);
    sockets.last.say(sealedFrame('H0STCNI0', FILL, fresh));
    expect(wisher.records).toHaveLength(1);
  });

  it('with a wrong HTS id are refused after two broken lines, and prices go on', async () => {
    const { time, sockets, want, client } = realtimeStand();
    sockets.hear = (line, asked) => {
      if (asked.trId === 'H0STCNI0') line.end();
      else line.say(ackText(asked));
    };
    const beat = time.timers.every(20_000, () => sockets.last.alive());
    const notices = want('wrong', { api: API, rank: 'orders' });
    const trades = want('005930');
    await time.advance(60_000);
    expect(notices.states).toEqual(['waiting', 'refused']);
    expect(trades.states.at(-1)).toBe('live');
    expect(client.health().streams[0]?.alarmKo).toContain('HTS ID');
    const lines = sockets.lines.length;
    expect(lines).toBe(3);
    // Wanted again it stays refused: the next line would break as well.
    notices.stop();
    const again = want('wrong', { api: API, rank: 'orders' });
    await time.advance(300_000);
    expect(again.states).toEqual(['refused']);
    expect(sockets.lines).toHaveLength(lines);
    beat.cancel();
  });

  it('that once stayed are never blamed, however the network breaks', async () => {
    const { time, sockets, want } = realtimeStand();
    const beat = time.timers.every(20_000, () => sockets.last.alive());
    const notices = want('right', { api: API, rank: 'orders' });
    await time.advance(10_000);
    sockets.last.end();
    sockets.hear = (line, asked) => {
      if (asked.trId === 'H0STCNI0') line.end();
      else line.say(ackText(asked));
    };
    await time.advance(120_000);
    sockets.hear = (line, asked) => line.say(ackText(asked));
    await time.advance(120_000);
    expect(notices.states).not.toContain('refused');
    expect(notices.states.at(-1)).toBe('live');
    beat.cancel();
  });

  it('are not blamed for a server that breaks every line', async () => {
    const { time, sockets, want } = realtimeStand();
    sockets.greet = (line) => {
      line.open();
      time.timers.after(500, () => line.end());
    };
    const notices = want('right', { api: API, rank: 'orders' });
    await time.advance(300_000);
    sockets.greet = (line) => line.open();
    const beat = time.timers.every(20_000, () => sockets.last.alive());
    await time.advance(120_000);
    beat.cancel();
    expect(notices.states).not.toContain('refused');
    expect(notices.states.at(-1)).toBe('live');
  });
});
