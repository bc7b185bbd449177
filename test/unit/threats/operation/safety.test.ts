/** Detectors of clock, token, records and keys. */
import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW } from '#shared/threats/detectors/operation/clock-skew.ts';
import { KEY_LEAKAGE } from '#shared/threats/detectors/operation/key-leakage.ts';
import { SCHEMA_DRIFT } from '#shared/threats/detectors/operation/schema-drift.ts';
import { findSecrets } from '#shared/threats/detectors/operation/secret-shapes.ts';
import { TOKEN_ANOMALY } from '#shared/threats/detectors/operation/token-anomaly.ts';
import type { EventOf, ThreatEvent } from '#shared/threats/events.ts';
import { at, BAD, listen, phase } from '../market/listening.ts';

const TEN = at('10:00:00');
const HOUR = 3_600_000;

describe('O07 clock skew', () => {
  const skew = (i: number, offsetMs: number): ThreatEvent => ({ kind: 'skew', ts: TEN + i * 10_000, offsetMs });

  it('warns at half a second twice, blocks at two seconds, and clears near zero', () => {
    const ears = listen(CLOCK_SKEW);
    ears.send(skew(0, 0), skew(1, 600), skew(2, 100), skew(3, -500), skew(4, -500), skew(5, 600));
    expect(ears.fired).toHaveLength(0);
    ears.send(skew(6, 700), skew(7, 800), skew(8, 2_000), skew(9, 2_100), skew(10, 2_300));
    expect(ears.fired.map(({ severity, values }) => [severity, values['offsetMs']])).toEqual([
      ['M', 700],
      ['H', 2_100],
    ]);
    expect(ears.fired[1]?.sentenceKo).toBe('이 컴퓨터의 시계가 서버보다 2.1초 느립니다(선 2.0초).');
    ears.send(skew(11, 400));
    expect(ears.cleared).toEqual([]);
    ears.send(skew(12, -300));
    expect(ears.cleared).toEqual(['clock']);
  });

  it('calls whole and half hours a wrong time zone', () => {
    const said = (offsetMs: number): string | undefined => {
      const ears = listen(CLOCK_SKEW);
      ears.send(skew(0, offsetMs));
      return ears.fired[0]?.sentenceKo;
    };
    expect(said(9 * HOUR + 40_000)).toBe(
      '이 컴퓨터의 시계가 서버보다 9시간 0분 느립니다: 시간대 설정이 9시간 틀린 것으로 보입니다.',
    );
    expect(said(-5.5 * HOUR)).toContain('5시간 30분 빠릅니다: 시간대 설정이 5.5시간');
    expect(said(HOUR + 600_000)).toBe('이 컴퓨터의 시계가 서버보다 1시간 10분 느립니다(선 2.0초).');
  });

  it('takes its figures, and no bad measures', () => {
    const ears = listen(CLOCK_SKEW, { warnSeconds: 1, blockSeconds: 5 });
    for (const bad of BAD.filter((each) => !Number.isFinite(each))) ears.send(skew(0, bad));
    ears.send(skew(1, 900), skew(2, 900), skew(3, 4_000));
    expect(ears.fired).toHaveLength(0);
    ears.send(skew(4, 4_000), skew(5, 5_001));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M', 'H']);
  });
});

describe('O08 token anomaly', () => {
  const token = (ts: number, what: EventOf<'token'>['what'], expiresTs: number | null = null): EventOf<'token'> => ({
    kind: 'token',
    ts,
    what,
    expiresTs,
  });

  it('fires on a token from elsewhere at once, and clears after an hour', () => {
    const ears = listen(TOKEN_ANOMALY);
    ears.send(token(TEN, 'issued', TEN + 24 * HOUR));
    expect(ears.fired).toHaveLength(0);
    ears.send(token(TEN + 1_000, 'foreign'), token(TEN + 2_000, 'foreign'));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([['token', 'C']]);
    expect(ears.fired[0]?.sentenceKo).toContain('1번 알려 왔습니다');
    ears.send({ kind: 'clock', ts: TEN + HOUR });
    expect(ears.cleared).toEqual([]);
    ears.send({ kind: 'clock', ts: TEN + HOUR + 3_000 });
    expect(ears.cleared).toEqual(['token']);
  });

  it('fires on a second one within six hours, not after them, and not of another connection', () => {
    const ears = listen(TOKEN_ANOMALY);
    ears.send(token(TEN, 'issued'), { ...token(TEN, 'issued'), connection: 'two' }, token(TEN + 6 * HOUR, 'issued'));
    expect(ears.fired).toHaveLength(0);
    ears.send(token(TEN + 7 * HOUR, 'issued'));
    expect(ears.fired[0]?.values).toEqual({ line: 1, count: 2 });
    expect(ears.fired[0]?.sentenceKo).toBe('접근토큰이 6시간에 2번 발급됐습니다(선 1번).');
  });

  it('fires when it is refused twice within ten minutes', () => {
    const ears = listen(TOKEN_ANOMALY);
    ears.send(token(TEN, 'refused'), token(TEN + 600_000, 'refused'));
    expect(ears.fired).toHaveLength(0);
    ears.send(token(TEN + 700_000, 'refused'));
    expect(ears.fired[0]?.sentenceEn).toBe('The broker refused the access token 2 times within 10 min (line 2).');
    ears.send({ kind: 'clock', ts: TEN + 1_200_001 });
    expect(ears.cleared).toEqual(['token']);
  });

  it('fires before it runs out, while the market trades only, and clears with a new one', () => {
    const ears = listen(TOKEN_ANOMALY);
    ears.send(phase(TEN, 'continuous'), token(TEN, 'expires', TEN + 15 * 60_000));
    ears.send({ kind: 'clock', ts: TEN + 5 * 60_000 });
    expect(ears.fired).toHaveLength(0);
    ears.send({ kind: 'clock', ts: TEN + 5 * 60_000 + 1_000 });
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H']);
    expect(ears.fired[0]?.sentenceKo).toBe('장중에 접근토큰이 10.0분 뒤 만료됩니다.');
    ears.send(token(TEN + 6 * 60_000, 'issued', TEN + 24 * HOUR));
    expect(ears.cleared).toEqual(['token']);
    const night = listen(TOKEN_ANOMALY);
    night.send(phase(TEN, 'closed'), token(TEN, 'expires', TEN + 60_000), { kind: 'clock', ts: TEN + 120_000 });
    expect(night.fired).toHaveLength(0);
  });

  it('takes its figures, and no bad times', () => {
    const ears = listen(TOKEN_ANOMALY, { issues: 2, refusals: 3, expiryMinutes: 1 });
    for (const bad of BAD.filter((each) => !Number.isFinite(each))) ears.send(token(TEN, 'expires', bad));
    ears.send(token(TEN, 'issued'), token(TEN, 'issued'), token(TEN, 'refused'), token(TEN, 'refused'));
    ears.send(phase(TEN, 'continuous'), token(TEN, 'expires', TEN + 120_000));
    expect(ears.fired).toHaveLength(0);
    ears.send(token(TEN, 'issued'), token(TEN, 'refused'), token(TEN, 'expires', TEN + 30_000));
    expect(ears.fired).toHaveLength(3);
  });
});

describe('O09 schema drift', () => {
  const drift = (ts: number, change: Partial<EventOf<'schema'>> = {}): EventOf<'schema'> => ({
    kind: 'schema',
    ts,
    channel: 'H0STCNI0',
    expected: 26,
    got: 29,
    ...change,
  });

  it('fires at the first record, again at each tenfold, and clears after a minute without one', () => {
    const ears = listen(SCHEMA_DRIFT);
    for (let i = 0; i < 150; i += 1) ears.send(drift(TEN + i * 10));
    expect(ears.fired.map(({ severity, values }) => [severity, values['records']])).toEqual([
      ['H', 1],
      ['H', 10],
      ['H', 100],
    ]);
    expect(ears.fired[0]?.subject).toBe('H0STCNI0');
    expect(ears.fired[0]?.sentenceKo).toBe(
      'H0STCNI0 전문의 열이 26개가 아니라 29개입니다(1건). 아는 앞부분만 읽습니다.',
    );
    ears.send({ kind: 'clock', ts: TEN + 61_000 });
    expect(ears.cleared).toEqual([]);
    ears.send({ kind: 'clock', ts: TEN + 62_000 });
    expect(ears.cleared).toEqual(['H0STCNI0']);
  });

  it('says of other types that the form is another, takes its figures, and bad ones', () => {
    const ears = listen(SCHEMA_DRIFT, { records: 3 });
    for (let i = 0; i < 2; i += 1) ears.send(drift(TEN + i, { got: 26 }));
    ears.send(drift(TEN + 70_000, { got: 26 }), drift(TEN + 70_001, { got: 26 }));
    expect(ears.fired).toHaveLength(0);
    ears.send(drift(TEN + 70_002, { got: 26 }));
    expect(ears.fired[0]?.sentenceKo).toContain('형식이 목록과 다릅니다(3건)');
    const bad = listen(SCHEMA_DRIFT);
    for (const [i, value] of BAD.entries())
      bad.send(drift(TEN, { channel: `c${i}`.repeat(60), got: value, expected: value }));
    expect(bad.fired).toHaveLength(BAD.length);
  });
});

/** Letters made up by a rule: mixed cases and digits, nobody's key. */
function madeUp(length: number, alphabet = 'abcXYZ0189defQRS'): string {
  return Array.from({ length }, (_, i) => alphabet[(i * 7 + (i >> 3)) % alphabet.length]).join('');
}

describe('O10 key leakage', () => {
  const text = (value: string, where: EventOf<'text'>['where'] = 'log', ts = TEN): EventOf<'text'> => ({
    kind: 'text',
    ts,
    where,
    text: value,
  });
  const kinds = (value: string): string[] => findSecrets(value).map(({ kind }) => kind);
  const jwt = `eyJ${madeUp(20)}.eyJ${madeUp(60)}.${madeUp(40)}`;
  const secret = `${madeUp(90)}+/${madeUp(87)}=`;

  it('knows keys, secrets, tokens and account numbers by their shape, and where they stand', () => {
    expect(kinds(`the key is ${madeUp(36)}.`)).toEqual(['appKey']);
    expect(kinds(`"s":"${secret}"`)).toEqual(['appSecret']);
    expect(kinds(`Authorization: Bearer ${jwt}`)).toEqual(['token']);
    expect(kinds('계좌 50123456-01로')).toEqual(['account']);
    expect(kinds('{"CANO":"50123456"} 계좌번호: 50123457')).toEqual(['account', 'account']);
    expect(kinds(`appsecret=${madeUp(50)}&approval_key: "${madeUp(24)}"`)).toEqual(['named', 'named']);
    expect(findSecrets(`${' '.repeat(100)}${madeUp(36)}`)).toEqual([{ kind: 'appKey', place: 100 }]);
  });

  it('leaves words, hashes, identifiers, dates, paths and what is masked alone', () => {
    const harmless = [
      'a'.repeat(36),
      'd41d8cd98f00b204e9800998ecf8427ed41d8cd9',
      '550e8400-e29b-41d4-a716-446655440000',
      madeUp(35),
      madeUp(37),
      madeUp(181),
      'report 20261124-10.csv, 19991231-01',
      '150123456-01 50123456-012 2-50123456-01',
      'appkey=[가림] token: ****** CANO=50******',
      '/home/user/projects/ThatIsALongPathOfWords/And/Another/One',
      'eyJ is how a token begins',
      '',
    ];
    expect(harmless.flatMap((each) => kinds(each).map((kind) => [each, kind]))).toEqual([]);
  });

  it('is critical for keys, high for account numbers, one threat for each place, and never repeats the secret', () => {
    const ears = listen(KEY_LEAKAGE);
    ears.send(text('계좌 50123456-01'), text('계좌 50123456-01'), text(`${jwt} ${secret} ${madeUp(36)}`), text(jwt));
    ears.send(text(`x ${madeUp(36)}`, 'clipboard'));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([
      ['log', 'H'],
      ['log', 'C'],
      ['clipboard', 'C'],
    ]);
    expect(ears.fired[1]?.values).toEqual({ found: 3, place: 0, appKey: 1, appSecret: 1, token: 1 });
    expect(ears.fired[2]?.sentenceKo).toBe(
      '클립보드의 글 3번째 글자부터 앱키 모양 1개가 있습니다. 값은 보여 주지도 남기지도 않습니다.',
    );
    const told = JSON.stringify(ears.fired);
    for (const hidden of [jwt, secret, madeUp(36), '50123456'])
      for (let i = 0; i + 8 <= hidden.length; i += 8) expect(told).not.toContain(hidden.slice(i, i + 8));
  });

  it('clears after half an hour, and takes its figures', () => {
    const ears = listen(KEY_LEAKAGE);
    ears.send(text(jwt), { kind: 'clock', ts: TEN + 1_799_000 });
    expect(ears.cleared).toEqual([]);
    ears.send({ kind: 'clock', ts: TEN + 1_800_000 });
    expect(ears.cleared).toEqual(['log']);
    const keys = listen(KEY_LEAKAGE, { least: 2, holdMinutes: 1 });
    keys.send(text('50123456-01'));
    expect(keys.fired).toHaveLength(0);
    keys.send(text(jwt), { kind: 'clock', ts: TEN + 60_000 });
    expect([keys.fired.length, keys.cleared]).toEqual([1, ['log']]);
  });

  it('says once that a file is not what was written, and clears when it is again', () => {
    const ears = listen(KEY_LEAKAGE);
    const file = (what: EventOf<'integrity'>['what'], name: string, whole: boolean): ThreatEvent => ({
      kind: 'integrity',
      ts: TEN,
      what,
      name,
      whole,
    });
    ears.send(file('journal', 'journal.db', false), file('journal', 'journal.db', false));
    ears.send(file('scenario', 'my:one', false), file('settings', 'documents/playbook', true));
    expect(ears.fired.map(({ severity, subject }) => [severity, subject])).toEqual([
      ['C', 'file journal.db'],
      ['H', 'file my:one'],
    ]);
    expect(ears.fired[0]?.sentenceKo).toContain('기록 파일(journal.db)');
    ears.send(file('journal', 'journal.db', true));
    expect(ears.cleared).toEqual(['file journal.db']);
  });

  // A search that looks back over what it has seen would take minutes here.
  it('gets through long and hostile texts in a moment', { timeout: 4_000 }, () => {
    const hostile = ['eyJ', 'eyJaaaaaaaaa.', '50123456-', 'appkey=', 'A1b', '"token":"'];
    expect(hostile.map((piece) => findSecrets(piece.repeat(200_000)).length)).toEqual([0, 200, 0, 0, 0, 0]);
    expect(findSecrets(`${madeUp(36)} `.repeat(100_000)).length).toBeLessThanOrEqual(400);
    expect(findSecrets(`${'x '.repeat(4_000_000)}${jwt}`)).toEqual([{ kind: 'token', place: 8_000_000 }]);
  });
});
