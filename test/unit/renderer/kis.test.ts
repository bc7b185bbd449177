/** What the screen makes of KIS facts: the switch's segments, the wizard's entry, lacks, the line's figures, the server's clock. */
import { describe, expect, it } from 'vitest';
import type { KisHealth } from '#shared/domain/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { segmentOffers } from '../../../renderer/app/environment-switch.tsx';
import { readEmulatorLine } from '../../../renderer/client/connections.ts';
import { pinWaitMs } from '../../../renderer/client/environment.ts';
import { productLacks } from '#core/app/environments/product-lacks.ts';
import { kindLack, marketLack, routeLack, tradeLack, typeLack } from '../../../renderer/client/lacks.ts';
import { momentReader } from '../../../renderer/client/market-moment.ts';
import {
  connectionOf,
  EMPTY_ENTRY,
  entryProblem,
  withEmulatorLine,
} from '../../../renderer/panels/connections/parts/entry.ts';
import {
  callCurve,
  lineLevel,
  loadLevel,
  skewLevel,
  streamLevel,
} from '../../../renderer/panels/line/parts/figures.ts';
import { translate, type Translate } from '../../../renderer/text/index.ts';
import { skewText, spanText } from '../../../renderer/ui/span-text.ts';

const t: Translate = (key, params) => translate('ko', key, params);
const at = (time: string, date = '2026-11-26'): ReturnType<typeof epochMs> =>
  kstInstant(sessionDate(date), timeOfDayMs(time));

describe('the switch', () => {
  const choice = (environment: 'live' | 'paper' | 'real', connectionId: string | null, reasonKo: string | null) => ({
    environment,
    connectionId,
    labelKo: environment,
    reasonKo,
  });

  it('always has four segments, and greys with the reason of the core', () => {
    const offers = segmentOffers([
      choice('paper', 'a', null),
      choice('paper', 'b', '키가 없습니다.'),
      choice('real', null, '연결이 없습니다.'),
    ]);
    expect(offers.map((offer) => offer.environment)).toEqual(['simulation', 'live', 'paper', 'real']);
    expect(offers[2]).toMatchObject({ reasonKo: null, open: [{ connectionId: 'a' }], shut: [{ connectionId: 'b' }] });
    expect(offers[3]?.reasonKo).toBe('연결이 없습니다.');
    expect(offers[1]?.reasonKo).toBe('');
  });
});

describe('the wizard', () => {
  const line = {
    rest: 'http://127.0.0.1:1',
    ws: 'ws://127.0.0.1:2',
    appKey: 'k',
    appSecret: 's',
    account: '5012345601',
    htsId: 'me',
    env: 'real',
  };

  it("reads the offline KIS's line, also among other output", () => {
    expect(readEmulatorLine(`\n> emulator\n${JSON.stringify(line)}\n`)).toMatchObject({ kind: 'real', appSecret: 's' });
    expect(readEmulatorLine('hello')).toBeNull();
    expect(readEmulatorLine('{"rest": 1}')).toBeNull();
    expect(readEmulatorLine('{broken')).toBeNull();
  });

  it('holds no secret in its entry', () => {
    const read = readEmulatorLine(JSON.stringify({ ...line, appKey: 'KEY-CANARY', appSecret: 'SECRET-CANARY' }));
    expect(read).not.toBeNull();
    if (read) expect(JSON.stringify(withEmulatorLine(EMPTY_ENTRY, read))).not.toContain('CANARY');
  });

  it('names the field that cannot be right before anything is sent', () => {
    const secrets = { key: 'k', secret: 's' };
    const entry = { ...EMPTY_ENTRY, account: '12345678-01' };
    expect(entryProblem(entry, secrets)).toBeNull();
    expect(entryProblem({ ...entry, account: '1234567890123' }, secrets)).toBe('wizard.badAccount');
    expect(entryProblem({ ...entry, account: '1234ABCD-01' }, secrets)).toBe('wizard.badAccount');
    expect(entryProblem({ ...entry, account: '' }, secrets)).toBe('wizard.needAccount');
    expect(entryProblem(entry, { key: '', secret: 's' })).toBe('wizard.needKey');
    expect(entryProblem(entry, { key: 'k', secret: '' })).toBe('wizard.needSecret');
    expect(entryProblem({ ...entry, issuedOn: '26/11' }, secrets)).toBe('wizard.badDate');
    expect(entryProblem({ ...entry, endpoint: 'emulator' }, secrets)).toBe('wizard.needUrl');
  });

  it('sends addresses for the offline KIS only', () => {
    const entry = { ...EMPTY_ENTRY, account: '12345678', restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:2' };
    const secrets = { key: 'k', secret: 's' };
    expect(connectionOf(entry, secrets)).toMatchObject({ restUrl: null, wsUrl: null, htsId: null, issuedOn: null });
    expect(connectionOf({ ...entry, endpoint: 'emulator' }, secrets).restUrl).toBe('http://127.0.0.1:1');
  });
});

describe('what an environment lacks', () => {
  const lack = (what: string) => ({ what, nameKo: what, reasonKo: '모의투자에는 없습니다.' });
  const lacks = [
    lack('order.conditionalLimit.day'),
    lack('route.NXT'),
    lack('order.limit.fok'),
    ...['day', 'ioc', 'fok'].map((tif) => lack(`order.mid.${tif}`)),
  ];

  it('greys exactly that', () => {
    expect(typeLack(lacks, 'conditionalLimit')?.reasonKo).toContain('모의투자');
    expect(typeLack(lacks, 'limit')).toBeNull();
    expect(typeLack([], 'limit')).toBeNull();
    expect(kindLack(lacks, { type: 'limit', timeInForce: 'fok', session: 'regular' })).not.toBeNull();
    expect(kindLack(lacks, { type: 'limit', timeInForce: 'fok', session: 'after' })).toBeNull();
    expect(kindLack(lacks, { type: 'limit', timeInForce: 'day', session: 'regular' })).toBeNull();
    expect(routeLack(lacks, 'NXT')).not.toBeNull();
    expect(routeLack(lacks, 'KRX')).toBeNull();
  });

  it.each([
    ['simulation', null, { trade: ['KRX:005930'], market: ['KRX:005930'] }],
    ['live', null, { trade: ['KRX:005930'], market: 'all' }],
    ['paper', '01', { trade: ['KRX:005930', 'SEHK:00700'], market: ['KRX:005930', 'SEHK:00700', 'KRXF:A01612'] }],
    ['paper', '03', { trade: ['KRXF:A01612'], market: ['KRX:005930', 'SEHK:00700', 'KRXF:A01612'] }],
    ['real', '01', { trade: ['KRX:005930', 'SEHK:00700', 'BOND:KR2000001G18'], market: 'all' }],
    ['real', '03', { trade: ['KRXF:A01612'], market: 'all' }],
    ['real', '29', { trade: ['KRX:005930'], market: 'all' }],
  ] as const)('says of each product whether %s (%s) has prices and takes orders', (environment, code, has) => {
    const all = ['KRX:005930', 'SEHK:00700', 'BOND:KR2000001G18', 'KRXF:A01612'];
    const told = [...productLacks(environment, code)];
    expect(all.filter((id) => tradeLack(told, id) === null)).toEqual(has.trade);
    expect(all.filter((id) => marketLack(told, id) === null)).toEqual(has.market === 'all' ? all : has.market);
  });
});

describe('the line', () => {
  const stream = {
    api: 'H0STCNT0',
    nameKo: '체결',
    key: '005930',
    state: 'live',
    lastMs: 90_000,
    records: 1,
    alarmKo: null,
  } as const;
  const health: KisHealth = {
    connectionId: 'a',
    callsPerSecond: 1,
    callLimit: 20,
    waitingCalls: 0,
    registrations: 1,
    registrationLimit: 41,
    polled: 0,
    token: { state: 'valid', ageMs: 1, expiresInMs: 1, guardMs: null },
    socket: { state: 'open', ageMs: 1, lastMessageMs: 1, reconnects: 0, nextTryMs: null },
    gaps: 0,
    skewMs: 0,
    restP50Ms: null,
    errors: [],
    streams: [stream],
  };

  it('draws the eye only where something is wrong', () => {
    expect(loadLevel(10, 20)).toBe('ok');
    expect(loadLevel(16, 20)).toBe('mid');
    expect(loadLevel(20, 20)).toBe('high');
    expect(lineLevel(health)).toBe('ok');
    expect(lineLevel({ ...health, streams: [{ ...stream, alarmKo: '열이 늘었습니다.' }] })).toBe('mid');
    expect(lineLevel({ ...health, socket: { ...health.socket, state: 'inUse' } })).toBe('high');
    expect(lineLevel({ ...health, token: { ...health.token, state: 'waiting' } })).toBe('mid');
  });

  it('calls a quiet issue quiet while the socket speaks, and late when the socket is silent', () => {
    expect(streamLevel(stream, 100)).toBe('ok');
    expect(streamLevel(stream, 20_000)).toBe('high');
    expect(streamLevel({ ...stream, lastMs: 15_000 }, 20_000)).toBe('mid');
    expect(streamLevel({ ...stream, state: 'refused' }, 100)).toBe('high');
  });

  it('minds the clock of an official server, and not that of the offline KIS', () => {
    expect(skewLevel(-4_000, false)).toBe('mid');
    expect(skewLevel(9 * 3_600_000, false)).toBe('high');
    expect(skewLevel(9 * 3_600_000, true)).toBe('ok');
    expect(skewLevel(null, false)).toBe('ok');
  });

  it('draws the newest calls at the right and the limit inside', () => {
    const points = callCurve([0, 20, 40], { width: 100, height: 10, limit: 20, places: 3 }).split(' ');
    expect(points).toEqual(['0.0,10.0', '50.0,5.0', '100.0,0.0']);
  });

  it('writes spans and skews by their largest units', () => {
    expect(spanText(t, 22_320_000)).toBe('6시간 12분');
    expect(spanText(t, 41_900)).toBe('41초');
    expect(spanText(t, null)).toBe('—');
    expect(skewText(t, 140)).toBe('+0.1초');
    expect(skewText(t, -40)).toBe('0.0초');
    expect(skewText(t, -13_000_000)).toBe('−3시간 36분');
  });
});

describe("the server's clock", () => {
  it('gives the phases of a session by the calendar', () => {
    const read = momentReader();
    expect(read(at('10:00'))).toMatchObject({
      sessionDate: '2026-11-26',
      phase: 'continuous',
      nextPhase: 'closeAuction',
    });
    expect(read(at('15:25'))?.phase).toBe('closeAuction');
    expect(read(at('23:30'))).toMatchObject({ phase: 'closed', nextPhase: null });
    expect(read(at('10:00', '2026-11-28'))).toMatchObject({ phase: 'closed', nxtPhase: null });
  });

  it('says nothing of a year whose hours are not known', () => {
    expect(momentReader()(epochMs(0))).toBeNull();
  });
});

describe('a wrong PIN', () => {
  it('is waited for, and not longer', () => {
    const lock = { state: 'locked', pinSet: true, armedUntilTs: null, retryAfterTs: 5_000 } as const;
    expect(pinWaitMs(lock, 2_000)).toBe(3_000);
    expect(pinWaitMs(lock, 9_000)).toBe(0);
    expect(pinWaitMs(undefined, 0)).toBe(0);
  });
});
