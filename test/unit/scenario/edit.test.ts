/** Changes of one place of a scenario's text: the rest stands as it was, comments too. */
import { describe, expect, it } from 'vitest';
import { editScenario, moveScenarioEntry, parseScenario } from '#shared/scenario/index.ts';

const TEXT = `# 내 시나리오
schemaVersion: 1
name: 시험 # 이름
market:
  kind: synthetic
  date: '2026-08-05'
  issues: [ 005930, '000660' ]
accounts:
  # 주 계좌
  - { id: main, cashKrw: 1000000 }
events:
  - { kind: drift, at: 09:30, target: all, pct: -3.50, minutes: 5 } # 급락
  - kind: news
    at: '10:00' # 장중
    title: 소식
`;

const edited = (...change: Parameters<typeof editScenario> extends [string, ...infer Rest] ? Rest : never): string => {
  const result = editScenario(TEXT, ...change);
  if (!('text' in result)) throw new Error(result.problem.ko);
  return result.text;
};

describe('an edit', () => {
  it('changes a value where it stands', () => {
    expect(edited(['events', 0, 'pct'], -7)).toBe(TEXT.replace('-3.50', '-7').replace('005930', "'005930'"));
    expect(edited(['events', 1, 'at'], '10:05')).toBe(TEXT.replace("'10:00'", "'10:05'").replace('005930', "'005930'"));
    expect(edited(['name'], 'on: 빠짐 # 아님')).toContain(`name: 'on: 빠짐 # 아님' # 이름`);
  });

  it('puts entries and fields in, and takes them out', () => {
    const more = edited(['events', 2], { kind: 'expireToken', at: '11:00' });
    expect(more).toContain("    title: 소식\n  - { kind: expireToken, at: '11:00' }\n");
    expect(parseScenario(more)).toMatchObject({ document: { events: [{}, {}, { kind: 'expireToken' }] } });
    expect(edited(['labels', 0], { detector: 'M05', from: '09:30', to: '09:40' })).toContain(
      "labels:\n  - { detector: M05, from: '09:30', to: '09:40' }\n",
    );
    // What was plain is quoted with its change, and what nobody touched stays.
    expect(edited(['events', 0, 'at'], '09:05')).toContain("at: '09:05', target: all");
    expect(edited(['events', 1, 'at'], '10:05')).toContain('at: 09:30, target: all');
    expect(edited(['plays', 0], { play: 'P1', on: ['A01'] })).toContain("- { play: P1, 'on': [ A01 ] }");
    expect(edited(['events', 0, 'id'], 'fall')).toContain('minutes: 5, id: fall } # 급락');
    const fewer = edited(['events', 0], undefined);
    expect(fewer).not.toContain('drift');
    expect(fewer).toContain("at: '10:00' # 장중");
    expect(edited(['accounts', 0], undefined)).not.toContain('accounts:');
  });

  it('moves an entry', () => {
    const result = moveScenarioEntry(TEXT, ['events'], 1, 0);
    expect('text' in result && parseScenario(result.text)).toMatchObject({
      document: { events: [{ kind: 'news' }, { kind: 'drift', pct: -3.5 }] },
    });
    expect(moveScenarioEntry(TEXT, ['events'], 0, 5)).toMatchObject({ problem: { ko: '옮길 수 없는 자리입니다.' } });
  });

  it('is refused where it has no place', () => {
    expect(editScenario('name: [', ['name'], 'x')).toMatchObject({
      problem: { ko: 'YAML을 먼저 고쳐야 양식으로 바꿀 수 있습니다.' },
    });
    expect(editScenario(TEXT, [], 'x')).toMatchObject({ problem: { ko: '바꿀 자리가 없습니다.' } });
    expect(editScenario(TEXT, ['name', 0], 'x')).toHaveProperty('problem');
    expect(editScenario(TEXT, ['events', 7], { kind: 'expireToken' })).toHaveProperty('problem');
  });
});
