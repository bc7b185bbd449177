/** Frames: every sample of every channel, columns that grow or are missing, numbers in every spelling, and hostile bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordDecoder } from '#core/broker/kis/realtime/index.ts';
import { fieldNumber } from '#core/broker/kis/realtime/field-number.ts';
import { frameHead } from '#core/broker/kis/realtime/frame-head.ts';
import { layoutOf } from '#core/broker/kis/realtime/record-layout.ts';
import { listParser, madeParser, recordParser } from '#core/broker/kis/realtime/record-parser.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { realtimeStand, tradeFields, tradeFrame } from '#test/support/realtime-stand.ts';
import frames from '../../fixtures/kis/ws.frames.json' with { type: 'json' };
import notices from '../../fixtures/kis/ws.notices-decrypted.json' with { type: 'json' };

const catalogue = kisCatalogue();
const TRADES = catalogue.channel('domestic-stock.ccnl-krx');
const channels = catalogue.apis.filter((api) => api.kind === 'ws');

/** What a record must be: fields of a text by the slow and obvious way. */
function expected(columns: readonly { readonly name: string; readonly number: boolean }[], fields: readonly string[]) {
  return Object.fromEntries(
    columns.flatMap(({ name, number }, place): Array<[string, string | number]> => {
      const field = fields[place]?.trim();
      if (field === undefined) return [];
      if (!number) return [[name, field]];
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(field) ? [[name, Number(field) + 0]] : [];
    }),
  );
}

function plain(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record));
}

function read(decoder: RecordDecoder, text: string) {
  const bytes = Buffer.from(text);
  const head = frameHead(bytes)!;
  const decoded = decoder.decode(bytes, head.at, head.count);
  if ('fault' in decoded) throw new Error(decoded.fault);
  return decoded;
}

describe('sample frames', () => {
  it.each(Object.entries(frames.frames))('%s is read column by column', (trId, { api, frame, fields, columns }) => {
    const channel = catalogue.channel(api);
    const head = frameHead(Buffer.from(frame))!;
    expect(head).toMatchObject({ trId, count: 1, encrypted: false });
    const decoded = read(new RecordDecoder(channel), frame);
    const values = frame.split('|')[3]!.split('^');
    expect(decoded.fields).toBe(fields);
    expect(decoded.note).toBe(fields === columns ? null : fields > columns ? 'extra' : 'fewer');
    expect(plain(decoded.records[0])).toEqual(expected(layoutOf(channel), values));
  });

  it('reads a trade with its numbers', () => {
    const { records } = read(new RecordDecoder(TRADES), frames.frames.H0STCNT0.frame);
    expect(records[0]).toMatchObject({
      MKSC_SHRN_ISCD: '005930',
      STCK_CNTG_HOUR: '093354',
      STCK_PRPR: 71_900,
      PRDY_VRSS: -100,
      PRDY_CTRT: -0.14,
      WGHN_AVRG_STCK_PRC: 72_023.83,
      ACML_TR_PBMN: 219_853_241_700,
      VI_STND_PRC: 72_100,
    });
    expect(records[0]!['NO_SUCH_COLUMN']).toBeUndefined();
  });

  it('keeps the zeros of a code, also where the source calls it a number', () => {
    const channel = catalogue.channel('domestic-stock.market-status-krx');
    const frame = frames.frames.H0STMKO0.frame.replace('396300', '005930');
    expect(read(new RecordDecoder(channel), frame).records[0]!['mksc_shrn_iscd']).toBe('005930');
  });

  it('reads the notices of 23 and of 26 columns under the same names', () => {
    const decoder = new RecordDecoder(catalogue.channel('domestic-stock.ccnl-notice'));
    const old = decoder.decode(Buffer.from(notices.H0STCNI0.fill), 0, 1);
    const parts = notices.H0STCNI0.fill.split('^');
    const today = [...parts.slice(0, 18), '3200', '1', 'Y', '', ...parts.slice(19)].join('^');
    const fresh = decoder.decode(Buffer.from(today), 0, 1);
    if ('fault' in old || 'fault' in fresh) throw new Error('not read');
    expect([old.fields, old.note, fresh.fields, fresh.note]).toEqual([23, null, 26, null]);
    const same = { CNTG_QTY: 1, CNTG_UNPR: 3_190, CRDT_CLS: '10', CNTG_ISNM40: '하림', ODER_PRC: 0 };
    expect(old.records[0]).toMatchObject(same);
    expect(fresh.records[0]).toMatchObject({ ...same, ORD_COND_PRC: 3_200, ORD_EXG_GB: '1' });
    expect(old.records[0]!['ORD_COND_PRC']).toBeUndefined();
  });
});

describe('records', () => {
  const decoder = new RecordDecoder(TRADES);
  const columns = layoutOf(TRADES);

  it('are split by the count', () => {
    const texts = [1, 2, 3].map((n) => tradeFields('005930', n));
    const { records } = read(decoder, tradeFrame(...texts));
    expect(records.map((record) => record['STCK_PRPR'])).toEqual([1, 2, 3]);
    expect(records.map(plain)).toEqual(texts.map((text) => expected(columns, text.split('^'))));
  });

  it.each([
    [48, 'extra'],
    [44, 'fewer'],
  ])('of %i columns keep every value in its place', (size, note) => {
    const texts = [5, 6].map((n) =>
      [...tradeFields('005930', n).split('^'), 'x', '^y^z'].join('^').split('^').slice(0, size),
    );
    const decoded = read(decoder, tradeFrame(...texts.map((fields) => fields.join('^'))));
    expect(decoded).toMatchObject({ fields: size, note });
    expect(decoded.records.map(plain)).toEqual(texts.map((fields) => expected(columns, fields)));
  });

  it('stay as they are when more frames come', () => {
    const first = read(decoder, tradeFrame(tradeFields('005930', 1))).records[0]!;
    for (let n = 0; n < 2_000; n += 1) read(decoder, tradeFrame(tradeFields('000660', n), tradeFields('000660', n)));
    expect([first['MKSC_SHRN_ISCD'], first['STCK_PRPR']]).toEqual(['005930', 1]);
  });

  it('read any values of any channel as the obvious way does, by made code and by the list', () => {
    const number = fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }).map((value) => value.toFixed(4)),
      fc.integer({ min: 0, max: 99_999 }).map((value) => String(value).padStart(12, '0')),
      fc.integer({ min: 0, max: 99_999 }).map((value) => ` ${value}  `),
      fc.integer({ min: 0, max: 99_999 }).map((value) => `+${value}.50`),
      fc.constantFrom(
        '',
        ' ',
        '-',
        '+',
        '.',
        '1.',
        '.5',
        '-.5',
        '-0',
        '-0.00',
        '1e5',
        '0x10',
        'NaN',
        'Infinity',
        '1-',
        '--1',
      ),
      fc.constantFrom(
        '1 2',
        '9007199254740993',
        '123456789012345678901234567890',
        '0.1234567890123456789',
        '(null)',
        '하림',
      ),
    );
    const text = fc.oneof(
      fc.stringMatching(/^[^^]{0,20}$/u),
      fc.constantFrom('', '005930', '삼성전자', '  가  ', 'N'),
      number,
    );
    const scene = fc.record({
      channel: fc.constantFrom(...channels),
      count: fc.integer({ min: 1, max: 4 }),
      change: fc.integer({ min: -3, max: 3 }),
      pool: fc.array(fc.oneof(text, number), { minLength: 40, maxLength: 80 }),
    });
    fc.assert(
      fc.property(scene, ({ channel, count, change, pool }) => {
        const layout = layoutOf(channel);
        const size = Math.max(2, layout.length + change);
        const records = Array.from({ length: count }, (_, n) =>
          Array.from({ length: size }, (__, place) => pool[(n * 7 + place) % pool.length]!.replaceAll('^', '')),
        );
        const bytes = Buffer.from(records.map((fields) => fields.join('^')).join('^'));
        for (const parserOf of [madeParser, listParser]) {
          const decoded = new RecordDecoder(channel, parserOf).decode(bytes, 0, count);
          if ('fault' in decoded) throw new Error(decoded.fault);
          // The notices of 23 columns have another order.
          if (channel.id === 'domestic-stock.ccnl-notice' && decoded.fields === 23) continue;
          expect(decoded.records.map(plain)).toEqual(records.map((fields) => expected(layout, fields)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are read without made code where a runtime forbids it', () => {
    const original = globalThis.Function;
    try {
      globalThis.Function = function forbidden(): never {
        throw new EvalError('forbidden');
      } as unknown as FunctionConstructor;
      const cells = new Float64Array(columns.length);
      const bytes = Buffer.from(tradeFields('005930', 71_900));
      expect(recordParser(columns)(bytes, 0, bytes.length, cells, 0)).toBe(bytes.length);
      expect(cells[2]).toBe(71_900);
    } finally {
      globalThis.Function = original;
    }
  });

  it('give exact decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 11), max: 10 ** 11 }), fc.integer({ min: 0, max: 8 }), (whole, digits) => {
        const text = (whole / 10 ** 3).toFixed(digits);
        const bytes = Buffer.from(tradeFields('005930', 1).replace('^1^', `^${text}^`));
        const decoded = decoder.decode(bytes, 0, 1);
        if ('fault' in decoded) throw new Error(decoded.fault);
        expect(decoded.records[0]!['STCK_PRPR']).toBe(Number(text) + 0);
        expect(fieldNumber(Buffer.from(text), 0, text.length)).toBe(Number(text) + 0);
      }),
    );
  });
});

describe('hostile frames', () => {
  it.each([
    ['a count that is none', '0|H0STCNT0|abc|1^2'],
    ['a count of nothing', '0|H0STCNT0|000|1^2'],
    ['a count without end', `0|H0STCNT0|${'9'.repeat(400)}|1^2`],
    ['no TR id', '0||001|1^2'],
    ['a TR id without end', `0|${'X'.repeat(400)}|001|1^2`],
    ['no fields at all', '0|H0STCNT0'],
    ['only a flag', '0'],
    ['a flag too many', '00|H0STCNT0|001|1'],
  ])('have no head: %s', (_, text) => {
    expect(frameHead(Buffer.from(text))).toBeNull();
  });

  it('whose fields do not divide are kept and dropped, never guessed', async () => {
    const { time, sockets, want, client } = realtimeStand();
    const wisher = want('005930');
    await time.advance(1_000);
    const odd = tradeFrame(tradeFields('005930', 1), tradeFields('005930', 2)).replace('|002|', '|003|');
    sockets.last.say(odd);
    sockets.last.say('0|H0STCNT0|999999|005930^1');
    expect(wisher.records).toHaveLength(0);
    const [kept] = client.keptFrames();
    expect(kept).toMatchObject({ api: 'domestic-stock.ccnl-krx', kind: 'broken', count: 2 });
    expect(kept?.frame.toString()).toBe(odd);
    expect(client.health().streams[0]?.alarmKo).toContain('2건');
    sockets.last.say(tradeFrame(tradeFields('005930', 3)));
    expect(wisher.records).toHaveLength(1);
  });

  it('with more columns raise one alarm with the frame, and go on', async () => {
    const { time, sockets, want, client } = realtimeStand();
    const wisher = want('005930');
    await time.advance(1_000);
    const longer = tradeFrame(`${tradeFields('005930', 7)}^new^newer`);
    for (let n = 0; n < 1_000; n += 1) sockets.last.say(longer);
    expect(wisher.records).toHaveLength(1_000);
    expect(wisher.records[0]?.['STCK_PRPR']).toBe(7);
    expect(client.keptFrames()).toHaveLength(1);
    expect(client.keptFrames()[0]).toMatchObject({ kind: 'extra', fields: 48, count: 1_000 });
    expect(client.health().streams[0]?.alarmKo).toContain('48');
  });

  it('of a key that nobody asked for reach nobody', async () => {
    const { time, sockets, want, client } = realtimeStand();
    const wishers = [want('005930'), want('000660')];
    await time.advance(1_000);
    sockets.last.say(tradeFrame(tradeFields('035720', 1)));
    expect(wishers.flatMap(({ records }) => records)).toHaveLength(0);
    expect(client.keptFrames()[0]?.kind).toBe('astray');
    // One frame may hold the records of several keys.
    sockets.last.say(tradeFrame(tradeFields('005930', 1), tradeFields('000660', 2), tradeFields('005930', 3)));
    expect(wishers.map(({ records }) => records.map((record) => record['STCK_PRPR']))).toEqual([[1, 3], [2]]);
  });

  it('never throw and never reach a wisher with another key, whatever their bytes', async () => {
    const { time, sockets, want, client } = realtimeStand();
    const wisher = want('005930');
    want('user', { api: 'domestic-stock.ccnl-notice' });
    await time.advance(1_000);
    const good = tradeFrame(tradeFields('005930', 1));
    const mangled = fc
      .tuple(fc.nat(good.length), fc.uint8Array({ maxLength: 12 }), fc.nat(20))
      .map(([at, bytes, cut]) =>
        Buffer.concat([Buffer.from(good.slice(0, at)), bytes, Buffer.from(good.slice(at + cut))]),
      );
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([Buffer.from('0|H0STCNT0|001|'), bytes])),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([Buffer.from('1|H0STCNI0|001|'), bytes])),
      mangled,
      fc.json().map((text) => Buffer.from(text)),
      fc
        .constantFrom('', '{', '[]', 'null', '{"header":null}', '{"header":{},"body":{}}', '|||', '0|||', '1|a|1|')
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(any, (bytes) => {
        sockets.last.say(bytes);
        for (const record of wisher.records) JSON.stringify(record);
        wisher.records.length = 0;
      }),
      { numRuns: 1_500 },
    );
    sockets.last.say(`0|H0STCNT0|001|${'x'.repeat(1_048_576)}`);
    sockets.last.say(`0|H0STCNT0|001|${'^'.repeat(1_048_576)}`);
    sockets.last.say(`{"header":{"tr_id":"${'x'.repeat(1_048_576)}"}}`);
    sockets.last.say(good);
    expect(wisher.records.at(-1)?.['STCK_PRPR']).toBe(1);
    for (const { frame } of client.keptFrames()) expect(frame.length).toBeLessThanOrEqual(65_536);
  });
});
