/** The detector of stale prices: a silent line, a cut one, an issue that has dropped out, and when silence is nothing. */
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#shared/domain/index.ts';
import { STALE_FEED } from '#shared/threats/detectors/operation/stale-feed.ts';
import type { EventOf, ThreatEvent } from '#shared/threats/events.ts';
import { at, book, ID, issue, levels, listen, phase, trade, vi, type Listening } from '../market/listening.ts';

const TEN = at('10:00:00');
const OTHERS = ['KRX:000660', 'KRX:035420', 'KRX:005380', 'KRX:068270'] as InstrumentId[];
const [SECOND = ID] = OTHERS;

/** Frames of the issues every half a second from `from` up to `to`, and the clock every second. */
function flow(ears: Listening, ids: readonly InstrumentId[], from: number, to: number): void {
  for (let ts = from + 500; ts <= to; ts += 500) {
    for (const id of ids) ears.send(trade(ts, 70_000, { id }), book(ts, [], levels(70_100, 100, 10), { id }));
    if ((ts - from) % 1_000 === 0) ears.send({ kind: 'clock', ts });
  }
}

function open(ids: readonly InstrumentId[] = [ID, ...OTHERS], figures = {}, change = {}): Listening {
  const ears = listen(STALE_FEED, figures);
  ears.send(...ids.map((id) => issue({ id, nameKo: id === ID ? '삼성전자' : id, ...change })));
  ears.send({ kind: 'line', ts: TEN - 60_000, state: 'up' }, phase(TEN - 60_000, 'continuous'));
  flow(ears, ids, TEN - 60_000, TEN);
  return ears;
}

describe('O06 stale feed', () => {
  it('makes one threat of a line that falls silent as a whole, and clears after three good seconds', () => {
    const ears = open();
    ears.wait(TEN, TEN + 3_000);
    expect(ears.fired).toHaveLength(0);
    ears.wait(TEN + 3_000, TEN + 90_000);
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([['feed', 'H']]);
    expect(ears.fired[0]?.values).toMatchObject({ stale: 5, looked: 5, ageSeconds: 4, lineSeconds: 3 });
    expect(ears.fired[0]?.sentenceKo).toBe(
      '시세가 멈췄습니다: 보고 있는 5종목 중 5종목이 평소보다 오래(길게는 4.0초) 조용합니다.',
    );
    flow(ears, [ID, ...OTHERS], TEN + 90_000, TEN + 92_000);
    expect(ears.cleared).toEqual([]);
    flow(ears, [ID, ...OTHERS], TEN + 92_000, TEN + 95_000);
    expect(ears.cleared).toEqual(['feed']);
    expect(ears.fired).toHaveLength(1);
  });

  it('gives each issue its time after the line is back', () => {
    const ears = open();
    ears.wait(TEN, TEN + 90_000);
    flow(ears, OTHERS, TEN + 90_000, TEN + 95_000);
    expect([ears.fired.map(({ subject }) => subject), ears.cleared]).toEqual([['feed'], ['feed']]);
    flow(ears, OTHERS, TEN + 95_000, TEN + 100_000);
    expect(ears.fired.map(({ subject }) => subject)).toEqual(['feed', ID]);
  });

  it('hears the silence of a line that has hardly spoken, after ten seconds', () => {
    const ears = listen(STALE_FEED);
    ears.send(issue(), { kind: 'line', ts: TEN, state: 'up' }, phase(TEN, 'continuous'), trade(TEN, 70_000));
    ears.wait(TEN, TEN + 11_000);
    expect(ears.fired).toHaveLength(0);
    ears.wait(TEN + 11_000, TEN + 12_000);
    expect(ears.fired[0]?.sentenceKo).toBe('연결은 되어 있는데 시세가 11.0초째 하나도 오지 않습니다(선 10.0초).');
    const short = listen(STALE_FEED, { silentSeconds: 4 });
    short.send(issue(), phase(TEN, 'continuous'), trade(TEN, 70_000));
    short.wait(TEN, TEN + 6_000);
    expect(short.fired).toHaveLength(1);
  });

  it('fires for an issue that drops out while the others go on', () => {
    const ears = open();
    flow(ears, OTHERS, TEN, TEN + 3_000);
    expect(ears.fired).toHaveLength(0);
    flow(ears, OTHERS, TEN + 3_000, TEN + 20_000);
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ID, 'H']]);
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자 시세가 4.0초째 들어오지 않습니다(선 3.0초, 평소 0.5초 이내).');
    flow(ears, [ID, ...OTHERS], TEN + 20_000, TEN + 23_000);
    expect(ears.cleared).toEqual([ID]);
  });

  it('gives way to the threat of the whole line', () => {
    const ears = open();
    flow(ears, OTHERS, TEN, TEN + 5_000);
    ears.wait(TEN + 5_000, TEN + 20_000);
    expect(ears.fired.map(({ subject }) => subject)).toEqual([ID, 'feed']);
    expect(ears.cleared).toEqual([ID]);
  });

  it('knows how sparse an issue usually is', () => {
    const sparse = listen(STALE_FEED);
    sparse.send(issue(), issue({ id: SECOND }), phase(TEN, 'continuous'));
    const both = (from: number, to: number, first: boolean): void => {
      for (let ts = from + 1_000; ts <= to; ts += 1_000) {
        sparse.send({ kind: 'clock', ts }, trade(ts, 70_000, { id: SECOND }));
        if (first && (ts - TEN) % 4_000 === 0) sparse.send(trade(ts, 70_000));
      }
    };
    both(TEN, TEN + 200_000, true);
    both(TEN + 200_000, TEN + 219_000, false);
    expect(sparse.fired).toHaveLength(0);
    both(TEN + 219_000, TEN + 225_000, false);
    expect(sparse.fired.map(({ subject }) => subject)).toEqual([ID]);
  });

  it('waits half a minute for an issue that is not lively, and forever for one nobody follows', () => {
    for (const [followed, count] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const ears = open([ID, ...OTHERS], {}, { lively: false, followed });
      flow(ears, OTHERS, TEN, TEN + 30_000);
      expect(ears.fired).toHaveLength(0);
      flow(ears, OTHERS, TEN + 30_000, TEN + 60_000);
      expect(ears.fired).toHaveLength(count);
    }
  });

  it('leaves a halted issue, one in a VI and closed hours alone', () => {
    const runs: readonly ThreatEvent[] = [
      phase(TEN, 'halted', { id: ID }),
      phase(TEN, 'viAuction', { id: ID }),
      vi(TEN, true, 'static'),
      issue({ ts: TEN, flags: ['halted'] }),
    ];
    for (const event of runs) {
      const ears = open();
      ears.send(event);
      flow(ears, OTHERS, TEN, TEN + 180_000);
      expect(ears.fired).toHaveLength(0);
    }
    const back = open();
    back.send(vi(TEN, true, 'static'));
    flow(back, OTHERS, TEN, TEN + 120_000);
    back.send(vi(TEN + 120_000, false, null));
    flow(back, OTHERS, TEN + 120_000, TEN + 123_000);
    expect(back.fired).toHaveLength(0);
    flow(back, OTHERS, TEN + 123_000, TEN + 125_000);
    expect(back.fired).toHaveLength(1);

    for (const name of ['halted', 'closeAuction', 'closed', 'break'] as const) {
      const ears = open();
      ears.send(phase(TEN, name));
      ears.wait(TEN, TEN + 3_600_000);
      expect(ears.fired).toHaveLength(0);
    }
  });

  it('takes phases of issues where none of the venues come: a market that halts is not silent', () => {
    const ids = [ID, ...OTHERS];
    const ears = listen(STALE_FEED);
    ears.send(...ids.map((id) => issue({ id })), ...ids.map((id) => phase(TEN, 'continuous', { id })));
    flow(ears, ids, TEN, TEN + 60_000);
    ears.send(...ids.map((id) => phase(TEN + 60_000, 'closed', { id, venue: 'NXT' })));
    flow(ears, ids, TEN + 60_000, TEN + 70_000);
    ears.send(...ids.map((id) => phase(TEN + 70_000, 'halted', { id })));
    ears.wait(TEN + 70_000, TEN + 1_270_000);
    expect(ears.fired).toHaveLength(0);
    ears.send(...ids.map((id) => phase(TEN + 1_270_000, 'continuous', { id })));
    ears.wait(TEN + 1_270_000, TEN + 1_275_000);
    expect(ears.fired.map(({ subject }) => subject)).toEqual(['feed']);
  });

  it('clears when trading stops', () => {
    const ears = open();
    ears.wait(TEN, TEN + 20_000);
    ears.send(phase(TEN + 20_000, 'halted'));
    ears.wait(TEN + 20_000, TEN + 22_000);
    expect(ears.cleared).toEqual(['feed']);
  });

  it('fires for a line that stays cut, and not for one that comes back at once', () => {
    const ears = open();
    ears.send({ kind: 'line', ts: TEN + 100, state: 'down' });
    ears.wait(TEN, TEN + 2_000);
    ears.send({ kind: 'line', ts: TEN + 2_100, state: 'up' });
    flow(ears, [ID, ...OTHERS], TEN + 2_000, TEN + 10_000);
    expect(ears.fired).toHaveLength(0);
    ears.send({ kind: 'line', ts: TEN + 10_000, state: 'down' });
    ears.wait(TEN + 10_000, TEN + 40_000);
    expect(ears.fired.map(({ subject, values }) => [subject, values['down']])).toEqual([['feed', 1]]);
    expect(ears.fired[0]?.sentenceKo).toBe('장중에 시세 연결이 4.0초째 끊겨 있습니다.');
    ears.send({ kind: 'line', ts: TEN + 40_000, state: 'up' });
    ears.wait(TEN + 40_000, TEN + 46_000);
    expect(ears.cleared).toEqual([]);
    flow(ears, [ID, ...OTHERS], TEN + 46_000, TEN + 49_000);
    expect([ears.cleared, ears.fired.length]).toEqual([['feed'], 1]);
  });

  it('takes the hours of KRX where the stream tells no phases', () => {
    const run = (start: number): number => {
      const ears = listen(STALE_FEED);
      ears.send(issue());
      flow(ears, [ID], start, start + 30_000);
      ears.wait(start + 30_000, start + 60_000);
      return ears.fired.length;
    };
    expect([run(TEN), run(at('18:00:00')), run(at('10:00:00', '2026-11-28'))]).toEqual([1, 0, 0]);
  });

  it('takes the sleep of the program for no silence', () => {
    const ears = open();
    ears.wait(TEN + 3_600_000, TEN + 3_602_000);
    expect(ears.fired).toHaveLength(0);
  });

  it('stays calm in the thin sessions of the evening', () => {
    const ears = open();
    ears.send(phase(TEN, 'closed'), phase(TEN, 'afterMarket', { venue: 'NXT' }));
    let ts = TEN;
    for (let i = 0; i < 40; i += 1) {
      ears.wait(ts, ts + 15_000);
      ts += 15_000;
      ears.send(trade(ts, 70_000, { venue: 'NXT' }));
    }
    expect(ears.fired).toHaveLength(0);
    ears.wait(ts, ts + 80_000);
    expect(ears.fired).toHaveLength(1);
  });

  it('counts reconnects and rate refusals within a minute', () => {
    const program = (ts: number, what: EventOf<'program'>['what']): ThreatEvent => ({
      kind: 'program',
      ts,
      what,
      value: 1,
    });
    const ears = listen(STALE_FEED);
    for (const what of ['reconnect', 'rateLimited', 'diskFreeMb'] as const)
      for (let i = 0; i < 3; i += 1) ears.send(program(TEN + i, what));
    expect(ears.fired).toHaveLength(0);
    ears.send(program(TEN + 30_000, 'reconnect'), program(TEN + 30_000, 'rateLimited'), program(TEN + 1, 'diskFreeMb'));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([
      ['line', 'M'],
      ['calls', 'L'],
    ]);
    expect(ears.fired[0]?.sentenceKo).toContain('1분에 4번 다시 열었습니다(선 3번)');
    ears.wait(TEN + 30_000, TEN + 90_000);
    expect(ears.cleared).toEqual(['line', 'calls']);
  });
});
