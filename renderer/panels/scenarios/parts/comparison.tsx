/** Several results side by side: what came of each criterion and account, with and without plays. */
import type { JSX, ReactNode } from 'react';
import type { RunRow, ScenarioRun } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { direction, number, percent, timeShort, UNKNOWN } from '../../../ui/format.ts';
import { measured, type Results } from './run-results.ts';

interface Line {
  readonly label: string;
  readonly cell: (run: ScenarioRun) => ReactNode;
}

function percentCell(value: number | null | undefined): ReactNode {
  return value === null || value === undefined ? UNKNOWN : <span className={direction(value)}>{percent(value)}</span>;
}

export function Comparison(props: {
  readonly ids: readonly string[];
  readonly rows: readonly RunRow[];
  readonly results: Results;
}): JSX.Element {
  const t = useText();
  const { ids, rows, results } = props;
  const runs = ids.map((id) => {
    const result = results.get(id);
    return { id, row: rows.find(({ runId }) => runId === id), run: result && !('code' in result) ? result : null };
  });
  const names = [...new Set(runs.flatMap(({ run }) => run?.criteria.map(({ name }) => name) ?? []))];
  const accounts = [...new Set(runs.flatMap(({ run }) => run?.accounts.map(({ id }) => id) ?? []))];
  const lines: Line[] = [
    {
      label: t('scen.verdict'),
      cell: (run) => (
        <span className={run.passed ? 'chip ok' : 'chip high'}>{t(run.passed ? 'scen.passed' : 'scen.notPassed')}</span>
      ),
    },
    ...names.map((name): Line => ({
      label: name,
      cell: (run) => {
        const judged = run.criteria.find((each) => each.name === name);
        if (!judged) return UNKNOWN;
        return (
          <span className={judged.pass ? 'okc' : 'highc'} title={judged.evidence}>
            {t(judged.pass ? 'scen.pass' : 'scen.fail')} {judged.value === null ? UNKNOWN : measured(judged.value)}
          </span>
        );
      },
    })),
    ...accounts.flatMap((id): Line[] => [
      {
        label: t('scen.returnOf', { id }),
        cell: (run) => percentCell(run.accounts.find((each) => each.id === id)?.returnPct),
      },
      {
        label: t('scen.withoutOf', { id }),
        cell: (run) => percentCell(run.without?.accounts.find((each) => each.id === id)?.returnPct),
      },
      {
        label: t('scen.drawdownOf', { id }),
        cell: (run) => {
          const account = run.accounts.find((each) => each.id === id);
          return account ? percentCell(-Math.abs(account.maxDrawdownPct)) : UNKNOWN;
        },
      },
    ]),
    { label: t('scen.threats'), cell: (run) => number(run.threats.length) },
    { label: t('scen.playsTaken'), cell: (run) => number(run.plays.length) },
  ];
  return (
    <div className="sc-scroll">
      <table className="sc-rows" data-testid="scen-comparison">
        <thead>
          <tr>
            <td />
            {runs.map(({ id, row }) => (
              <th key={id} scope="col" className="r num">
                {row ? t('scen.runName', { seed: row.seed, time: timeShort(row.ranTs) }) : id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, cell }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {runs.map(({ id, run }) => (
                <td key={id} className="r num">
                  {run ? cell(run) : '…'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
