/** Sockets of the offline KIS: acknowledgements and their codes, frames and their form, PINGPONG, and how lines end. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEmulator, PlainClient, PlainSocket, type TestEmulator } from '#test/support/emulator.ts';
import control from '#test/fixtures/kis/ws.control-messages.json' with { type: 'json' };
import frames from '#test/fixtures/kis/ws.frames.json' with { type: 'json' };

let at: TestEmulator;
let approval: string;
let socket: PlainSocket;
let opened: PlainSocket[] = [];

function openSocket(): PlainSocket {
  const one = new PlainSocket(at.emulator, approval);
  opened.push(one);
  return one;
}

beforeAll(async () => {
  at = await openEmulator('real');
  approval = await new PlainClient(at.emulator).approval();
});
afterAll(() => at.emulator.close());
beforeEach(() => {
  socket = openSocket();
});
afterEach(() => {
  at.emulator.faults.clear();
  for (const one of opened) one.leave();
  opened = [];
});

/** What a value looks like: digits, decimals, text. */
function shapeOf(value: string): string {
  if (value === '') return 'empty';
  return /^-?\d+$/.test(value) ? 'whole' : /^-?\d+\.\d+$/.test(value) ? 'decimal' : 'text';
}

describe('acknowledgements', () => {
  it('have the form of the samples', () => {
    expect(socket.ask('H0STCNT0', '005930')).toBe('OPSP0000');
    const [ack] = socket.acks();
    expect(ack?.body.output?.iv).toHaveLength(control.ackSuccess.body.output.iv.length);
    expect(ack?.body.output?.key).toHaveLength(control.ackSuccess.body.output.key.length);
    expect({ ...ack, body: { ...ack?.body, output: control.ackSuccess.body.output } }).toEqual(control.ackSuccess);
    socket.ask('H0STCNT0', '005930');
    expect(socket.acks().at(-1)).toEqual(control.ackAlready);
    socket.ask('H0STCNT0', '005930', '2');
    expect(socket.acks().at(-1)).toEqual(control.ackUnsubscribe);
    expect(socket.ask('H0STCNT0', '005930', '2')).toBe('OPSP0003');
  });

  it('refuse what cannot be read or is not known, each with its code', () => {
    const header = { approval_key: approval, custtype: 'P', tr_type: '1', 'content-type': 'utf-8' };
    const input = { tr_id: 'H0STCNT0', tr_key: '005930' };
    const cases: readonly [unknown, string][] = [
      ['{', 'OPSP9999'],
      [{ body: { input } }, 'OPSP9998'],
      [{ header: { ...header, custtype: undefined }, body: { input } }, 'OPSP9997'],
      [{ header: { ...header, custtype: 'X' }, body: { input } }, 'OPSP8998'],
      [{ header: { ...header, tr_type: '7' }, body: { input } }, 'OPSP8997'],
      [{ header }, 'OPSP9992'],
      [{ header, body: {} }, 'OPSP9991'],
      [{ header, body: { input: { tr_id: 'H0STCNT0' } } }, 'OPSP9990'],
      [{ header, body: { input: { ...input, tr_id: 'H0STXXX0' } } }, 'OPSP8991'],
      [{ header, body: { input: { ...input, tr_key: '' } } }, 'OPSP8992'],
      [{ header: { ...header, approval_key: 'nobody' }, body: { input } }, 'OPSP0011'],
    ];
    for (const [message, code] of cases) {
      socket.say(typeof message === 'string' ? message : JSON.stringify(message));
      expect(socket.acks().at(-1)?.body.msg_cd, code).toBe(code);
    }
  });

  it('count 41 registrations of any kind', () => {
    expect(socket.ask('H0STCNI0', at.emulator.facts.htsId)).toBe('OPSP0000');
    for (let i = 0; i < 40; i += 1) expect(socket.ask('H0STCNT0', String(100_000 + i))).toBe('OPSP0000');
    socket.ask('H0STCNT0', '005930');
    expect(socket.acks().at(-1)).toEqual(control.ackMaxSubscribe);
    expect(at.emulator.registrations()).toHaveLength(41);
    socket.ask('H0STCNT0', '100000', '2');
    expect(socket.ask('H0STCNT0', '005930')).toBe('OPSP0000');
  });

  it('turn away a second session with the same key, and the first stays', async () => {
    socket.ask('H0STCNT0', '005930');
    const second = openSocket();
    second.ask('H0STCNT0', '000660');
    expect(second.acks().at(-1)).toEqual(control.ackAppkeyInUse);
    expect(second.ended).toEqual([1000]);
    await at.emulator.step(5_000);
    expect(socket.frames('H0STCNT0').length).toBeGreaterThan(0);
    socket.leave();
    expect(openSocket().ask('H0STCNT0', '000660')).toBe('OPSP0000');
  });

  it('hold a line that broke for a while where a fault says so', async () => {
    socket.ask('H0STCNT0', '005930');
    at.emulator.faults.server({ kind: 'holdSession', ms: 3_000 });
    socket.leave();
    expect(openSocket().ask('H0STCNT0', '005930')).toBe('OPSP8996');
    await at.time.advance(3_000);
    expect(openSocket().ask('H0STCNT0', '005930')).toBe('OPSP0000');
  });

  it('say nothing to a wrong HTS id, and the line is gone without a close frame', () => {
    expect(socket.ask('H0STCNI0', 'someone')).toBe('');
    expect(socket.ended).toEqual([null]);
  });
});

describe('frames', () => {
  it('of trades, books, expected prices, indices and the hours have the columns and shapes of the samples', async () => {
    for (const [tr, key] of [
      ['H0STCNT0', '005930'],
      ['H0STASP0', '005930'],
      ['H0STMKO0', '005930'],
      ['H0UPCNT0', '0001'],
      ['H0STPGM0', '005930'],
      ['H0NXCNT0', '005930'],
      ['H0UNASP0', '005930'],
    ] as const) {
      expect(socket.ask(tr, key)).toBe('OPSP0000');
    }
    await at.emulator.step(30_000);
    for (const tr of ['H0STCNT0', 'H0STASP0', 'H0UPCNT0', 'H0STPGM0'] as const) {
      const sample = frames.frames[tr].frame.split('|')[3]?.split('^') ?? [];
      const got = socket.frames(tr);
      expect(got.length, tr).toBeGreaterThan(0);
      for (const [count, fields] of got) expect(fields.length, tr).toBe(count * sample.length);
      if (tr === 'H0STPGM0') continue;
      const [, fields = []] = got.at(-1) ?? [];
      sample.forEach((value, place) => {
        const [theirs, ours] = [shapeOf(value), shapeOf(fields[place] ?? '')];
        if (theirs !== 'empty' && ours !== 'empty')
          expect([place, ours], `${tr} field ${place}`).toEqual([place, theirs]);
      });
    }
    expect(socket.frames('H0STMKO0')[0]?.[1]).toHaveLength(frames.frames.H0STMKO0.columns);
    expect(socket.frames('H0NXCNT0').every(([count, fields]) => fields.length === count * 46)).toBe(true);
    expect(socket.frames('H0UNASP0').every(([, fields]) => fields.length === 65)).toBe(true);
  });

  it('carry several records where several came, and their totals rise one by one', async () => {
    socket.ask('H0STCNT0', '005930');
    const before = at.emulator.simulator.issue('KRX:005930')?.volume ?? 0;
    await at.emulator.step(60_000);
    const records = socket.frames('H0STCNT0').flatMap(([count, fields]) => {
      const size = fields.length / count;
      return Array.from({ length: count }, (_, i) => fields.slice(i * size, (i + 1) * size));
    });
    expect(socket.frames('H0STCNT0').some(([count]) => count > 1)).toBe(true);
    let total = before;
    for (const record of records) {
      total += Number(record[12]);
      expect(Number(record[13])).toBe(total);
    }
    expect(total).toBe(at.emulator.simulator.issue('KRX:005930')?.volume);
  });

  it('grow or shrink by a fault', async () => {
    socket.ask('H0STASP0', '005930');
    at.emulator.faults.socket({ kind: 'columns', more: 3 });
    await at.emulator.step(2_000);
    expect(socket.frames('H0STASP0').at(-1)?.[1]).toHaveLength(62);
    at.emulator.faults.socket({ kind: 'columns', more: -5 });
    await at.emulator.step(2_000);
    expect(socket.frames('H0STASP0').at(-1)?.[1]).toHaveLength(54);
  });
});

describe('PINGPONG', () => {
  it('comes by itself and takes an echo, a pong, or a ping with the text; silence ends the line', async () => {
    const reply: readonly ((text: string) => void)[] = [(text) => socket.say(text), (text) => socket.pong(text)];
    socket.ask('H0STCNT0', '005930');
    for (let i = 0; i < 8; i += 1) {
      await at.time.advance(10_000);
      const pings = socket.heard.filter((text) => text.includes('PINGPONG'));
      expect(pings).toHaveLength(i + 1);
      const last = JSON.parse(pings.at(-1) ?? '{}') as { readonly header: object };
      expect(Object.keys(last.header)).toEqual(Object.keys(control.pingpong.header));
      reply[i % 2]?.(pings.at(-1) ?? '');
    }
    expect(socket.ended).toEqual([]);
    await at.time.advance(50_000);
    expect(socket.ended).toEqual([null]);
  });
});

describe('notices by fault', () => {
  it('come twice, or not at all', async () => {
    const me = await new PlainClient(at.emulator).login();
    socket.ask('H0STCNI0', at.emulator.facts.htsId);
    const count = (): number => socket.heard.filter((text) => text.startsWith('1|')).length;
    at.emulator.faults.socket({ kind: 'duplicateNotices', count: 1 });
    await me.order('TTTC0012U', { ORD_UNPR: '65000' });
    expect(count()).toBe(2);
    at.emulator.faults.socket({ kind: 'missNotices', count: 1 });
    await me.order('TTTC0012U', { ORD_UNPR: '65000' });
    expect(count()).toBe(2);
    await me.order('TTTC0012U', { ORD_UNPR: '65000' });
    expect(count()).toBe(3);
  });
});
