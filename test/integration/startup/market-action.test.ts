/** `market action`: what is sent for each kind, what is shown, and that nothing is sent for bad input. */
import { describe, expect, it } from 'vitest';
import { run, type Answers } from '#test/support/cli-run.ts';

const OF = ['market', 'action', '--code', '005930', '--date', '2026-11-27', '--kind'];

const answers: Answers = {
  'simulation.addAction': (input) => {
    const { instrumentId, date, action } = input as Record<string, unknown>;
    return { no: 1, instrumentId, exDate: date, action, appliedOn: null };
  },
  'simulation.actions': () => [
    {
      no: 1,
      instrumentId: 'KRX:005930',
      exDate: '2026-11-27',
      action: { kind: 'split', from: 1, to: 5 },
      appliedOn: null,
    },
  ],
};

describe('market action', () => {
  it.each([
    [['split', '--ratio', '1:5'], { kind: 'split', from: 1, to: 5 }],
    [['bonus', '--ratio', '10:3'], { kind: 'bonus', old: 10, new: 3 }],
    [['rights', '--ratio', '10:2', '--won', '50,000'], { kind: 'rights', old: 10, new: 2, issuePrice: 50_000 }],
    [['relisting', '--won', '20000'], { kind: 'relisting', appraisal: 20_000 }],
    [['newListing', '--won', '30000'], { kind: 'newListing', offerPrice: 30_000 }],
    [['distribution', '--won', '400'], { kind: 'distribution', perUnit: 400 }],
    [
      ['splitOff', '--ratio', '10:7', '--won', '50000', '--new-code', '000660', '--new-ratio', '10:3'],
      {
        kind: 'splitOff',
        from: 10,
        to: 7,
        appraisal: 50_000,
        newIssue: { instrumentId: 'KRX:000660', from: 10, to: 3 },
      },
    ],
  ])('enters %j', async (words, action) => {
    const { code, stdout, calls } = await run([...OF, ...words, '--json'], answers);
    expect(code).toBe(0);
    expect(calls).toEqual([['simulation.addAction', { instrumentId: 'KRX:005930', date: '2026-11-27', action }]]);
    expect(JSON.parse(stdout)).toEqual({
      action: { no: 1, instrumentId: 'KRX:005930', exDate: '2026-11-27', action, appliedOn: null },
    });
  });

  it('shows what was entered', async () => {
    expect((await run([...OF, 'split', '--ratio', '1:5'], answers)).stdout).toContain('1:5 액면분할');
    const { code, stdout } = await run(['market', 'action'], answers);
    expect(code).toBe(0);
    expect(stdout).toMatch(/005930\s+2026-11-27\s+1:5 액면분할\s+예정/);
  });

  it('takes one back by its number', async () => {
    const removing: Answers = { 'simulation.removeAction': () => [] };
    const { code, stdout, calls } = await run(['market', 'action', '--remove', '2', '--json'], removing);
    expect(code).toBe(0);
    expect(calls).toEqual([['simulation.removeAction', { no: 2 }]]);
    expect(JSON.parse(stdout)).toEqual({ actions: [] });
  });

  it.each([
    [['split']],
    [['split', '--ratio', '5']],
    [['split', '--ratio', '1:5:2']],
    [['split', '--ratio', '0:5']],
    [['split', '--ratio', '1:0.5']],
    [['rights', '--ratio', '10:2']],
    [['relisting', '--won', '-1']],
    [['cashDividend', '--won', 'x']],
    [['merger', '--ratio', '1:2']],
    [['split', '--ratio', '1:5', '--remove', 'x']],
  ])('refuses %j before anything is sent', async (words) => {
    const { code, stderr, calls } = await run([...OF, ...words], answers);
    expect(code).toBe(2);
    expect(stderr).toMatch(/[가-힣]/);
    expect(calls).toEqual([]);
  });
});
