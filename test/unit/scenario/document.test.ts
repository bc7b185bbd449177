/** Scenario documents: read with places and words, written stably, checked for sense, compared in words. */
import { describe, expect, it } from 'vitest';
import library from '#resources/scenarios/library.json' with { type: 'json' };
import { differencesOf, formatScenario, parseScenario, timelineOf, validateScenario } from '#shared/scenario/index.ts';
import { ALL_DETECTORS } from '#shared/threats/index.ts';
import { upgraded } from '#shared/scenario/upgrade.ts';
import { libraryText } from '../../../build/resources/make-scenarios.mjs';
import { readFileSync } from 'node:fs';

const GOOD = `schemaVersion: 1
name: 시험
market:
  kind: synthetic
  date: '2026-08-05'
  issues: ['005930', '000660']
accounts:
  - id: main
    cashKrw: 1000000
`;

const problems = (text: string) => {
  const parsed = parseScenario(text);
  return 'document' in parsed
    ? validateScenario(parsed.document, { text, knows: (code) => code !== '999999', detectors: ALL_DETECTORS })
    : parsed.problems;
};
const said = (text: string): string[] => problems(text).map(({ line, severity, ko }) => `${line} ${severity} ${ko}`);

/** A document with events, an event a line from line 11 on. */
const withEvents = (...events: string[]): string =>
  `${GOOD}events:\n${events.map((event) => `  - ${event}\n`).join('')}`;

describe('reading', () => {
  it('takes a good one, and names place and remedy of every fault', () => {
    expect(parseScenario(GOOD)).toMatchObject({ document: { name: '시험', detectors: 'all', events: [] } });
    const broken = GOOD.replace('cashKrw: 1000000', 'cashKrw: -5').replace('name: 시험', 'nmae: 시험');
    expect(said(broken)).toEqual([
      "1 error 이름: 'name' 값이 없습니다. 글(따옴표로 싸면 글입니다)로 적으세요.",
      "2 error 여기에 없는 항목입니다: 'nmae'. 철자를 보거나 지우세요.",
      '9 error 계좌 1 (main) › 현금: 0 이상이어야 합니다. 지금: -5',
    ]);
  });

  it.each([
    ['a: [', /따옴표나 괄호가 닫히지 않았습니다|들여쓰기가 맞지 않습니다/],
    ['a: 1\n b: [2', /YAML로 읽을 수 없습니다|들여쓰기/],
    ['a: !!js/function x', /형식 표시/],
    ['\ta: 1', /탭/],
    ['a: 1\n---\nb: 2', /문서가 둘 이상/],
    ['a: *b', /없는 별칭/],
    [`a: ${'['.repeat(2_000)}`, /괄호|읽을 수 없습니다/],
    ['a: 1\na: 2', /같은 이름이 두 번/],
    ['a: { b: 1, b: 2 }', /같은 이름이 두 번/],
    ['a: 1\n"a": 2', /같은 이름이 두 번/],
    ['['.repeat(100_000), /너무 깊습니다/],
    [GOOD + 'x: ' + '{a: '.repeat(20_000), /너무 깊습니다/],
    ['just words', /시나리오가 아닙니다/],
    ['', /시나리오가 아닙니다/],
    [GOOD.replace('schemaVersion: 1', 'schemaVersion: 2'), /더 새로운 Maru/],
    [`${GOOD}# ${'x'.repeat(1_000_001)}`, /파일이 너무 큽니다/],
    [GOOD.replace("'005930'", '5930'), /종목 1: .*글/],
    [GOOD.replace("'005930'", "'5930'"), /종목코드 여섯 자/],
  ])('refuses %#', (text, words) => {
    expect(said(text).join('\n')).toMatch(words);
  });

  it('takes codes as they stand, quoted or not', () => {
    const bare = GOOD.replace("['005930', '000660']", '[005930, 000660]').concat(
      '    holdings: [{ issue: 005930, quantity: 3 }]\n',
    );
    expect(parseScenario(bare)).toMatchObject({
      document: { market: { issues: ['005930', '000660'] }, accounts: [{ holdings: [{ issue: '005930' }] }] },
    });
  });

  it.each([
    [withEvents("{ kind: drfit, at: '10:00' }"), "11 error 이벤트 1 (drfit) › 종류: 'drift'을(를) 적으려 했나요?"],
    [withEvents("{ kind: drift, at: '9:30', target: all, pct: 1, minutes: 1 }"), '시각: 09:30이나 09:30:15처럼'],
    [
      withEvents("{ kind: drift, at: '09:30', target: { market: X }, pct: 1, minutes: 1 }"),
      '대상: all, { market: KOSPI }',
    ],
    [withEvents("{ kind: drift, at: '09:30', target: all, pct: 1, minuts: 1 }"), "'minutes'을(를) 적으려 했나요?"],
    [
      withEvents("{ kind: drift, at: '09:30', target: all, pct: -120, minutes: 1 }"),
      '변동률: -99 이상이어야 합니다. 지금: -120',
    ],
    [
      withEvents("{ kind: breaker, at: '10:00', market: KOSPI, level: 4 }"),
      '단계: 다음 가운데 하나여야 합니다: 1, 2, 3.',
    ],
    [`${GOOD}detectors: [{ id: M99 }]\n`, '감지기 1 (M99) › 이름표: 다음 가운데 하나여야'],
    [
      `${GOOD}actors:\n  - { kind: rule, name: r, account: main, when: { measure: price, issue: 005930, atOrBelow: 낮음 }, then: { side: sell, issue: 005930, percent: 50 } }\n`,
      '참여자 1 (r) › 조건 › 이하이면: 숫자로 적으세요. 지금: 낮음',
    ],
    [GOOD.replace('cashKrw: 1000000', 'cashKrw: .nan'), '현금: 숫자로 적으세요. 지금: NaN'],
    [GOOD.replace('cashKrw: 1000000', 'cashKrw: -.inf'), '현금: 숫자로 적으세요. 지금: -Infinity'],
    [GOOD + 'k1: 1\nk2: 1\nk3: 1\nk4: 1\nk5: 1\nk6: 1\n', "'k4', 'k5', …. 철자를 보거나"],
    [GOOD.replace('id: main', 'id: 내계좌'), '계좌 1 (내계좌) › 이름표: 영문자나 숫자로 시작해'],
    [GOOD.replace('2026-08-05', '2026.08.05'), '날짜: 2026-03-04처럼'],
  ])('says what to write: %#', (text, words) => {
    expect(said(text).join('\n')).toContain(words);
  });

  it('tells a hundred faults at most, and of a list that is too long its length', () => {
    const many = withEvents(...Array.from({ length: 500 }, () => '{ kind: x }'));
    expect(problems(many)).toHaveLength(100);
    expect(said(withEvents(...Array.from({ length: 501 }, () => "{ kind: expireToken, at: '10:00' }")))).toEqual([
      '10 error 이벤트: 너무 많습니다. 500개까지 줄이세요.',
    ]);
  });

  it('tells the bound of a figure once, however large it is', () => {
    expect(said(GOOD.replace('cashKrw: 1000000', `cashKrw: 1${'0'.repeat(30)}`))).toEqual([
      expect.stringContaining('현금: 1000000000000 이하여야 합니다.'),
    ]);
  });

  it('reads twenty thousand names within seconds, and tells the one that stands twice', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n');
    expect(said(`${names}\nk7: 2`)).toEqual([expect.stringContaining('20001 error 같은 이름이 두 번')]);
  });

  it('stands a bomb of aliases', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n`;
    expect(said(bomb).join()).toMatch(/별칭/);
  });

  it('upgrades step by step', () => {
    const steps = {
      1: (older: Readonly<Record<string, unknown>>) => ({ ...older, b: 1 }),
      2: (older: Readonly<Record<string, unknown>>) => ({ ...older, c: 2 }),
    };
    expect(upgraded({ schemaVersion: 1, a: 0 }, steps, 3)).toEqual({ schemaVersion: 3, a: 0, b: 1, c: 2 });
  });
});

describe('the sense of a scenario', () => {
  it.each([
    [withEvents('{ kind: drift, target: all, pct: -3, minutes: 5 }'), '11 error 언제 시작하는지'],
    [withEvents("{ kind: news, at: '10:00', after: { event: x, seconds: 1 }, title: 말 }"), '가운데 하나만'],
    [
      withEvents(
        '{ id: a, kind: expireToken, after: { event: b, seconds: 1 } }',
        '{ id: b, kind: expireToken, after: { event: a, seconds: 1 } }',
      ),
      '돌고 돌아',
    ],
    [withEvents('{ kind: expireToken, after: { event: ghost, seconds: 1 } }'), '없는 이벤트입니다: ghost'],
    [withEvents("{ kind: expireToken, at: '21:00' }"), '밖에서 시작합니다'],
    [withEvents("{ kind: expireToken, day: 3, at: '10:00' }"), '시나리오는 1일입니다'],
    [withEvents("{ kind: halt, at: '10:00', issue: '035420', minutes: 3 }"), '거래하지 않는 종목입니다: 035420'],
    [
      withEvents(
        "{ kind: limitLock, at: '10:00', issue: '005930', side: upper, minutes: 60 }",
        "{ kind: limitLock, at: '10:30', issue: '005930', side: lower, minutes: 60 }",
      ),
      '상한가와 하한가에',
    ],
    [
      withEvents(
        "{ kind: halt, at: '10:00', issue: '005930', minutes: 60 }",
        "{ kind: limitLock, at: '10:30', issue: '005930', side: lower, minutes: 60 }",
      ),
      '그때 거래정지',
    ],
    [withEvents("{ kind: breaker, at: '10:00', market: KOSPI, level: 2 }"), '1단계 뒤에만'],
    [withEvents("{ kind: breaker, at: '15:10', market: KOSPI, level: 1 }"), '발동하지 않습니다'],
    [withEvents("{ kind: sidecar, at: '09:03', market: KOSPI, side: sell }"), '개장 5분 뒤'],
    [GOOD.replace("'000660'", "'999999'"), '없는 종목입니다: 999999'],
    [GOOD.replace('2026-08-05', '2050-08-05'), '거래일을 아는 기간'],
    [GOOD.replace('2026-08-05', '2026-08-08'), 'warning 2026-08-08은(는) 휴장일'],
    [
      `${GOOD}actors:\n  - { kind: rule, name: r, account: other, when: { measure: price, issue: '005930' }, then: { side: sell, issue: '005930' } }\n`,
      '없는 계좌입니다: other',
    ],
    [
      `${GOOD}actors:\n  - { kind: rule, name: r, account: main, when: { measure: price, issue: '005930', atOrAbove: 1 }, then: { side: sell, issue: '005930', percent: 5, quantity: 5 } }\n`,
      '가운데 하나를',
    ],
    [
      `${GOOD}actors:\n${Array.from({ length: 30 }, (_, i) => `  - { kind: rule, name: r${i}, account: main, times: 100, when: { measure: price, issue: '005930', atOrAbove: 1 }, then: { side: buy, issue: '005930', quantity: 1 } }\n`).join('')}  - { kind: orders, name: o, account: main, orders: [{ at: '03:00', issue: '005930', side: buy, quantity: 1 }] }\n`,
      '규칙이 낼 수 있는 주문이 모두 3000건',
    ],
    [
      `${GOOD}criteria:\n  - { name: 빠르게, measure: secondsToDetect, of: M05, is: atMost, value: 5 }\n`,
      '잴 라벨이 없습니다',
    ],
    [
      `${GOOD}criteria:\n  - { name: 빠르게, measure: secondsToDetect, is: atMost, value: 5 }\n`,
      '어느 감지기인지(M01 같은) 적으세요',
    ],
    [
      `${GOOD}criteria:\n  - { name: 대응, measure: playsRun, of: M05, is: atMost, value: 5 }\n`,
      '어느 대응인지(P1 같은) 적으세요',
    ],
    [
      `${GOOD}criteria:\n  - { name: 중지, measure: secondsToHalt, is: atMost, value: 1 }\n`,
      'warning 매매를 중지하는 대응(P7)이 없어',
    ],
    [`${GOOD}labels:\n  - { detector: M05, from: '10:30', to: '10:00' }\n`, '끝이 시작(10:30)보다 앞섭니다'],
    [`${GOOD}labels:\n  - { detector: M05, from: '07:30', to: '10:00' }\n`, '밖입니다'],
    [`${GOOD}detectors: [{ id: M05, params: { warnPct: 99 } }]\n`, '경고은(는) 2부터 7까지입니다. 지금: 99'],
    [`${GOOD}detectors: [{ id: M05, params: { warn: 5 } }]\n`, "M05에는 'warn'이라는 수치가 없습니다"],
    [`${GOOD}detectors: [{ id: M05 }, { id: M05 }]\n`, '감지기 M05이(가) 두 번'],
    [`${GOOD}detectors: [{ id: M05 }]\nplays: [{ play: P1, on: [M06] }]\n`, 'warning M06은(는) 켜 두지 않은 감지기'],
    [`${GOOD}plays: [{ play: P1, on: [] }]\n`, 'on을 지우세요'],
    [withEvents("{ kind: gap, at: '10:00', target: all, pct: -3 }"), '갭은 개장에 생깁니다'],
    [
      withEvents(
        "{ kind: sidecar, at: '10:00', market: KOSPI, side: sell }",
        "{ kind: sidecar, at: '13:00', market: KOSPI, side: buy }",
      ),
      '사이드카는 하루에 한 번뿐',
    ],
    [
      withEvents(
        "{ kind: breaker, at: '10:00', market: KOSPI, level: 1 }",
        "{ kind: breaker, at: '12:00', market: KOSPI, level: 1 }",
      ),
      '1단계는 하루에 한 번뿐',
    ],
    [withEvents("{ kind: viCascade, at: '10:00', count: 20, pct: -9, everySeconds: 30 }"), '종목이 2개뿐이라'],
    [
      `${GOOD}actors:\n  - { kind: rule, name: r, account: main, times: 100, everySeconds: 86400, when: { measure: price, issue: 005930, atOrAbove: 1 }, then: { side: buy, issue: 005930, quantity: 1 } }\n`,
      '끝난 뒤에도 이어집니다',
    ],
    [
      GOOD.replace('kind: synthetic', 'kind: synthetic\n  days: 20').replace('2026-08-05', '2027-12-28'),
      '20일째가 거래일을 아는 기간',
    ],
    [
      GOOD.replace("kind: synthetic\n  date: '2026-08-05'", "kind: replay\n  dates: ['2025-01-03', '2025-01-02']"),
      '앞의 날(2025-01-03)보다 뒤여야',
    ],
    [
      withEvents("{ kind: drift, at: '10:00', target: all, pct: -3, minutes: 5 }").replace(
        "kind: synthetic\n  date: '2026-08-05'",
        "kind: replay\n  dates: ['2025-01-02']",
      ),
      '기록을 재생하는 시장은 이벤트로 바꿀 수 없습니다',
    ],
    [
      GOOD.replace(
        'kind: synthetic',
        'kind: indexPath\n  betas: { 035420: 1.2 }\n  days: [{ KOSPI: [{ at: 10:00, pct: -1 }, { at: 09:30, pct: -2 }] }]',
      ),
      '점의 시각은 앞의 점(10:00)보다 뒤여야',
    ],
    [
      GOOD.replace(
        'kind: synthetic',
        'kind: indexPath\n  betas: { 035420: 1.2 }\n  days: [{ KOSPI: [{ at: 10:00, pct: -1 }] }]',
      ),
      '거래하지 않는 종목입니다: 035420',
    ],
  ])('is looked at: %#', (text, words) => {
    expect(said(text).join('\n')).toContain(words);
  });

  it('finds nothing in a good one', () => {
    expect(said(GOOD)).toEqual([]);
  });
});

describe('the library', () => {
  it('is the folder', () => {
    expect(readFileSync(new URL('../../../resources/scenarios/library.json', import.meta.url), 'utf8')).toBe(
      libraryText(),
    );
  });

  it.each(library.scenarios)('$id is read, makes sense, and is written the same again', ({ text }) => {
    expect(said(text)).toEqual([]);
    const parsed = parseScenario(text);
    if (!('document' in parsed)) throw new Error('not read');
    const written = formatScenario(parsed.document);
    expect(parseScenario(written)).toEqual(parsed);
    expect(formatScenario(parsed.document)).toBe(written);
    expect(timelineOf(parsed.document)).toHaveLength(parsed.document.events.length);
  });
});

describe('the difference of two', () => {
  const read = (text: string) => {
    const parsed = parseScenario(text);
    if (!('document' in parsed)) throw new Error(JSON.stringify(parsed.problems));
    return parsed.document;
  };
  const words = (from: string, to: string): string[] => differencesOf(read(from), read(to)).map(({ ko }) => ko);

  it('is nothing, a changed field, an event put in between, an event that went', () => {
    const one = withEvents("{ kind: expireToken, at: '10:00' }", "{ kind: expireToken, at: '12:00' }");
    const more = withEvents(
      "{ kind: expireToken, at: '10:00' }",
      "{ kind: expireToken, at: '11:00' }",
      "{ kind: expireToken, at: '12:00' }",
    );
    expect(words(one, one)).toEqual([]);
    expect(words(GOOD, GOOD.replace('1000000', '2000000'))).toEqual([
      '계좌 1 (main) › 현금: 1,000,000원 → 2,000,000원',
    ]);
    expect(words(one, one.replace('10:00', '09:30'))).toEqual(['이벤트 1 (토큰 만료) › 시각: 10:00 → 09:30']);
    expect(words(one, more)).toEqual(['이벤트 2 (토큰 만료): 종류 토큰 만료, 시각 11:00 더함']);
    expect(words(more, one)).toEqual(['이벤트 2 (토큰 만료): 종류 토큰 만료, 시각 11:00 뺌']);
  });
});
