/** Registrations as a budget: who gets one, who gives way, what the server may answer. */
import { describe, expect, it } from 'vitest';
import { realtimeStand, tradeFields, tradeFrame } from '#test/support/realtime-stand.ts';
import { ackText, type Asked } from '#test/support/scripted-socket.ts';

const codes = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => String(100_000 + n));

/** What the server holds after all it was asked. */
function held(asked: readonly Asked[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { what, key } of asked) {
    if (what === 'subscribe') keys.add(key);
    else keys.delete(key);
  }
  return keys;
}

describe('registrations', () => {
  it('connects at the first wish only, and registers it', async () => {
    const { time, sockets, want, client } = realtimeStand();
    await time.advance(1_000);
    expect(sockets.lines).toHaveLength(0);
    const wisher = want('005930');
    await time.advance(1_000);
    expect(sockets.last.asked).toEqual([
      { what: 'subscribe', trId: 'H0STCNT0', key: '005930', approvalKey: 'approval-1' },
    ]);
    expect(wisher.states).toEqual(['waiting', 'live']);
    expect(client.health()).toMatchObject({ registrations: 1, registrationLimit: 41, socket: { state: 'open' } });
  });

  it('shares one registration between equal wishes and withdraws it after the last', async () => {
    const { time, sockets, want } = realtimeStand();
    const [one, two] = [want('005930'), want('005930')];
    await time.advance(1_000);
    sockets.last.say(tradeFrame(tradeFields('005930', 70_000)));
    one.stop();
    one.stop();
    sockets.last.say(tradeFrame(tradeFields('005930', 70_100)));
    expect([one.records.length, two.records.length]).toEqual([1, 2]);
    two.stop();
    sockets.last.say(tradeFrame(tradeFields('005930', 70_200)));
    expect(two.records).toHaveLength(2);
    await time.advance(10_000);
    expect(sockets.last.asked.map(({ what }) => what)).toEqual(['subscribe', 'unsubscribe']);
  });

  it('keeps a registration for a moment, so that closing and opening a panel asks for nothing', async () => {
    const { time, sockets, want } = realtimeStand();
    const first = want('005930');
    await time.advance(1_000);
    first.stop();
    await time.advance(1_000);
    const again = want('005930');
    await time.advance(10_000);
    expect(sockets.last.asked).toHaveLength(1);
    expect(again.states).toEqual(['live']);
  });

  it('never holds more than the budget, best ranks first, and says who is polled', async () => {
    const poll = { offers: () => true, fetch: async () => [] };
    const { time, sockets, want, client } = realtimeStand({ poll });
    const list = codes(50).map((code) => want(code));
    await time.advance(10_000);
    expect(held(sockets.last.asked).size).toBe(41);
    const focus = want('005930', { rank: 'focus' });
    await time.advance(2_000);
    expect(focus.states.at(-1)).toBe('live');
    expect(list.filter(({ states }) => states.at(-1) === 'polled')).toHaveLength(10);
    expect(client.health()).toMatchObject({ registrations: 41, polled: 10 });
    let most = 0;
    sockets.last.asked.forEach((_, n, all) => (most = Math.max(most, held(all.slice(0, n + 1)).size)));
    expect(most).toBe(41);
    // Room is made before it is taken.
    expect(sockets.last.asked.slice(-2).map(({ what }) => what)).toEqual(['unsubscribe', 'subscribe']);
    // Those in the list change places with nobody of their rank.
    const before = sockets.last.asked.length;
    want('900000');
    await time.advance(10_000);
    expect(sockets.last.asked).toHaveLength(before);
    // A place that becomes free goes to the next who waits.
    focus.stop();
    await time.advance(10_000);
    expect(held(sockets.last.asked)).not.toContain('005930');
    expect(held(sockets.last.asked).size).toBe(41);
  });

  it('moves with the rank of its wishes', async () => {
    const { time, sockets, want } = realtimeStand({ settings: { registrations: 1 } });
    const listed = want('000660');
    const better = want('005930', { rank: 'positions' });
    await time.advance(5_000);
    expect([listed.states.at(-1), better.states.at(-1)]).toEqual(['waiting', 'live']);
    const best = want('000660', { rank: 'orders' });
    await time.advance(5_000);
    expect([best.states.at(-1), listed.states.at(-1), better.states.at(-1)]).toEqual(['live', 'live', 'waiting']);
    best.stop();
    await time.advance(5_000);
    expect([listed.states.at(-1), better.states.at(-1)]).toEqual(['waiting', 'live']);
    expect(held(sockets.last.asked)).toEqual(new Set(['005930']));
  });

  it('changes nothing between equals, who was first or not', async () => {
    const { time, sockets, want } = realtimeStand({ settings: { registrations: 1 } });
    const first = want('000660');
    const focus = want('005930', { rank: 'focus' });
    await time.advance(5_000);
    const listed = want('005930');
    focus.stop();
    await time.advance(30_000);
    expect([first.states.at(-1), listed.states.at(-1)]).toEqual(['waiting', 'live']);
    expect(held(sockets.lines[0]!.asked)).toEqual(new Set(['005930']));
  });

  it('learns that the server takes fewer', async () => {
    const { time, sockets, want, client } = realtimeStand();
    sockets.hear = (line, asked) => {
      const isFull = asked.what === 'subscribe' && held(line.asked.slice(0, -1)).size >= 5;
      line.say(ackText(asked, isFull ? 'OPSP0008' : asked.what === 'subscribe' ? 'OPSP0000' : 'OPSP0001'));
    };
    const wishers = codes(8).map((code) => want(code));
    await time.advance(30_000);
    expect(client.health().registrationLimit).toBe(5);
    expect(wishers.filter(({ states }) => states.at(-1) === 'live')).toHaveLength(5);
    expect(sockets.last.asked).toHaveLength(6);
  });

  it('takes "already" for yes, and a refusal for no', async () => {
    const { time, sockets, want, client } = realtimeStand();
    sockets.hear = (line, asked) => line.say(ackText(asked, asked.key === '005930' ? 'OPSP0002' : 'OPSP8992'));
    const [fine, wrong] = [want('005930'), want('XXXXXX')];
    await time.advance(120_000);
    expect(fine.states.at(-1)).toBe('live');
    expect(wrong.states).toEqual(['waiting', 'refused']);
    expect(sockets.lines.flatMap(({ asked }) => asked).filter(({ key }) => key === 'XXXXXX')).toHaveLength(1);
    expect(client.health().streams[1]?.alarmKo).toContain('거부');
  });

  it('takes a refused withdrawal for gone, and a code it does not know for what the server says of it', async () => {
    const { time, sockets, want } = realtimeStand({ settings: { registrations: 1 } });
    sockets.hear = (line, asked) => {
      const isDone = JSON.parse(ackText(asked)) as { body: { msg_cd: string } };
      isDone.body.msg_cd = 'OPSP7777';
      line.say(asked.what === 'subscribe' ? JSON.stringify(isDone) : ackText(asked, 'OPSP8992'));
    };
    const [listed, focus] = [want('005930'), want('000660', { rank: 'focus' })];
    await time.advance(5_000);
    focus.stop();
    await time.advance(5_000);
    expect([listed.states, focus.states]).toEqual([
      ['waiting', 'live'],
      ['waiting', 'live'],
    ]);
    const again = want('000660', { rank: 'focus' });
    await time.advance(5_000);
    expect([listed.states.at(-1), again.states.at(-1)]).toEqual(['waiting', 'live']);
  });

  it('asks again a few times where no answer comes, then rests', async () => {
    const { time, sockets, want } = realtimeStand();
    sockets.hear = () => undefined;
    const pings = time.timers.every(10_000, () => sockets.last.alive());
    const wisher = want('005930');
    await time.advance(45_000);
    expect(sockets.last.asked).toHaveLength(3);
    expect(wisher.states).toEqual(['waiting']);
    await time.advance(60_000);
    expect(sockets.last.asked.length).toBeGreaterThan(3);
    pings.cancel();
  });

  it('counts data as the answer that was lost', async () => {
    const { time, sockets, want } = realtimeStand();
    sockets.hear = () => undefined;
    const wisher = want('005930');
    await time.advance(1_000);
    sockets.last.say(tradeFrame(tradeFields('005930', 70_000)));
    expect(wisher.states.at(-1)).toBe('live');
    expect(wisher.records[0]?.['STCK_PRPR']).toBe(70_000);
  });

  it('takes an answer without names for the one that waits longest', async () => {
    const { time, sockets, want } = realtimeStand();
    sockets.hear = (line, asked) =>
      line.say(ackText({ trId: '(null)', key: '' }, asked.key === '1' ? 'OPSP8992' : 'OPSP0000'));
    const [bad, good] = [want('1'), want('2')];
    await time.advance(1_000);
    expect([bad.states.at(-1), good.states.at(-1)]).toEqual(['refused', 'live']);
  });

  it('refuses what the environment does not have without asking the server', async () => {
    const { time, sockets, want, client } = realtimeStand({ environment: 'paper' });
    const nxt = want('005930', { api: 'domestic-stock.ccnl-nxt' });
    await time.advance(1_000);
    expect(nxt.states).toEqual(['refused']);
    expect(sockets.last.asked).toHaveLength(0);
    expect(client.health().streams[0]?.alarmKo).toContain('모의투자');
  });

  it('bounds the wishes', async () => {
    const { time, want } = realtimeStand({ settings: { wishes: 2 } });
    const wishers = codes(3).map((code) => want(code));
    await time.advance(1_000);
    expect(wishers.map(({ states }) => states.at(-1))).toEqual(['live', 'live', 'refused']);
  });

  it('survives wishers that throw', async () => {
    const { time, sockets, client, log } = realtimeStand();
    const seen: number[] = [];
    const throwing = (): never => {
      throw new Error('not mine');
    };
    const wish = { api: 'domestic-stock.ccnl-krx', key: '005930', rank: 'list' } as const;
    client.want({ ...wish, record: throwing, state: throwing });
    client.want({ ...wish, record: (record) => void seen.push(record['STCK_PRPR'] as number) });
    await time.advance(1_000);
    sockets.last.say(tradeFrame(tradeFields('005930', 70_000)));
    expect(seen).toEqual([70_000]);
    expect(log.lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
  });

  it('is silent after it was closed', async () => {
    const { time, sockets, want, client } = realtimeStand();
    const wisher = want('005930');
    await time.advance(1_000);
    const line = sockets.last;
    client.close();
    expect(line.isOver).toBe(true);
    await time.advance(300_000);
    expect(sockets.lines).toHaveLength(1);
    expect(wisher.states).toEqual(['waiting', 'live']);
    expect(want('000660').states).toEqual([]);
  });
});
