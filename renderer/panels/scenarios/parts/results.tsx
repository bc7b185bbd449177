/** Results that are kept of the open scenario: one whole, several side by side, and the spread of many seeds. */
import { type JSX, useEffect, useMemo, useState } from 'react';
import type { RunRow } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/workstation.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { findShell } from '../../../client/shell.ts';
import { download } from '../../../ui/download.ts';
import { layOutForPaper, printPaper } from '../../../ui/print-page.ts';
import { direction, percent, timeShort } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { Failed } from '../../../ui/states.tsx';
import { useScenarios, type OpenScenario } from '../slice.ts';
import { Comparison } from './comparison.tsx';
import { Distribution } from './distribution.tsx';
import { ResultView } from './result.tsx';
import { useResults } from './run-results.ts';

/** The report on paper: the desktop's shell asks for a file, a browser prints. */
function asPdf({ name, html }: { readonly name: string; readonly html: string }): void {
  layOutForPaper(html);
  const plain = name.replace(/\.html$/, '');
  const shell = findShell();
  if (shell) shell.tell({ kind: 'pdf', name: plain });
  else printPaper(plain);
}

/** Results compared at most; the contract's bound of a report. */
const COMPARED = 20;

type Rows =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly rows: readonly RunRow[] }
  | { readonly state: 'failed'; readonly error: ErrorEnvelope };

/** Results of a scenario, fetched again with every one that comes. */
function useRows(id: string, tries: number): Rows {
  const { client } = useClient();
  const [rows, setRows] = useState<{ readonly of: string; readonly rows: Rows }>({
    of: '',
    rows: { state: 'loading' },
  });
  const come = useScenarios((state) =>
    [...state.jobs.values()].reduce((sum, job) => sum + (job.scenarioId === id ? job.runIds.length : 0), 0),
  );
  useEffect(() => {
    if (!client) return;
    let gone = false;
    client.scenarios
      .runs({ id })
      .then((list) => {
        if (!gone) setRows({ of: id, rows: { state: 'ready', rows: list } });
      })
      .catch((error: unknown) => {
        if (!gone) setRows({ of: id, rows: { state: 'failed', error: wordsOf(error) } });
      });
    return () => {
      gone = true;
    };
  }, [client, id, come, tries]);
  return rows.of === id ? rows.rows : { state: 'loading' };
}

function Table(props: { readonly rows: readonly RunRow[]; readonly shown: string | null }): JSX.Element {
  const t = useText();
  const chosen = useScenarios((state) => state.chosen);
  const { rows, shown } = props;
  return (
    <table className="sc-rows" data-testid="scen-runs">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr">{t('scen.compare')}</span>
          </th>
          <th scope="col">{t('scen.ranAt')}</th>
          <th scope="col" className="r">
            {t('scen.seed')}
          </th>
          <th scope="col">{t('scen.criteria')}</th>
          <th scope="col" className="r">
            {t('scen.return')}
          </th>
          <th scope="col" className="r">
            {t('scen.drawdown')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const [account] = row.accounts;
          const name = t('scen.runName', { seed: row.seed, time: timeShort(row.ranTs) });
          return (
            <tr key={row.runId} className={row.runId === shown ? 'on' : ''}>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('scen.compareRun', { name })}
                  checked={chosen.includes(row.runId)}
                  disabled={!chosen.includes(row.runId) && chosen.length >= COMPARED}
                  data-testid={`scen-compare-${row.runId}`}
                  onChange={(event) =>
                    useScenarios.setState({
                      chosen: event.target.checked
                        ? [...chosen, row.runId]
                        : chosen.filter((each) => each !== row.runId),
                    })
                  }
                />
              </td>
              <td>
                <button
                  type="button"
                  className="lnk num"
                  aria-current={row.runId === shown}
                  data-testid={`scen-run-${row.runId}`}
                  onClick={() => useScenarios.setState({ shown: row.runId, chosen: [] })}
                >
                  {kstDate(epochMs(row.ranTs)).slice(5)} {timeShort(row.ranTs)}
                </button>
              </td>
              <td className="r num">{row.seed}</td>
              <td>
                <span className={row.passed ? 'chip ok' : 'chip high'}>
                  {t(row.passed ? 'scen.passed' : 'scen.notPassed')}{' '}
                  <span className="num">
                    {row.criteriaPassed}/{row.criteria}
                  </span>
                </span>
              </td>
              <td className={`r num ${account ? direction(account.returnPct) : ''}`}>
                {account ? percent(account.returnPct) : ''}
              </td>
              <td className="r num">{account ? percent(-Math.abs(account.maxDrawdownPct)) : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function ResultsView({ open }: { readonly open: OpenScenario }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const language = useView((state) => state.language);
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const found = useRows(open.id, tries);
  const chosen = useScenarios((state) => state.chosen);
  const wanted = useScenarios((state) => state.shown);
  const rows = useMemo(() => (found.state === 'ready' ? found.rows : []), [found]);
  const shown = rows.find(({ runId }) => runId === wanted)?.runId ?? rows[0]?.runId ?? null;
  const compared = chosen.filter((id) => rows.some(({ runId }) => runId === id));
  const comparing = compared.length > 1;
  const results = useResults(comparing ? compared : shown === null ? [] : [shown]);
  const job = rows.find(({ runId }) => runId === shown)?.jobId;
  const siblings = rows.filter(({ jobId }) => jobId === job);
  if (found.state === 'failed') return <Failed error={found.error} onRetry={() => setTries(tries + 1)} />;
  if (found.state === 'loading') return <Skeleton rows={6} />;
  if (rows.length === 0)
    return (
      <Empty icon="flask" title={t('scen.noResults')} body={t('scen.noResultsBody')} testId="scen-no-results">
        <button type="button" className="btn" onClick={() => useScenarios.setState({ view: 'run' })}>
          {t('scen.view.run')}
        </button>
      </Empty>
    );
  const report = async (hand: (page: { readonly name: string; readonly html: string }) => void): Promise<void> => {
    setBusy(true);
    const runIds = comparing ? [...compared] : shown === null ? [] : [shown];
    const page = await workstation.act((client) => client.scenarios.report({ runIds, language }));
    setBusy(false);
    if (page) hand(page);
  };
  const result = shown === null ? undefined : results.get(shown);
  return (
    <div className="sc-results">
      <div className="sc-runs">
        <Table rows={rows} shown={comparing ? null : shown} />
      </div>
      <div className="sc-result" tabIndex={0} role="region" aria-label={t('scen.result')}>
        <div className="tbar">
          <b>{comparing ? t('scen.comparing', { count: compared.length }) : t('scen.result')}</b>
          <span className="l">{!comparing && t('scen.compareHint')}</span>
          <span className="sp" />
          <button
            type="button"
            className="btn"
            disabled={busy}
            data-testid="scen-report"
            onClick={() => void report(({ name, html }) => download(name, html, 'text/html'))}
          >
            <Icon name="dl" size="sm" />
            {t(comparing ? 'scen.compareReport' : 'scen.report')}
          </button>
          <button
            type="button"
            className="btn"
            disabled={busy}
            data-testid="scen-pdf"
            onClick={() => void report(asPdf)}
          >
            <Icon name="dl" size="sm" />
            {t('scen.pdf')}
          </button>
        </div>
        {siblings.length > 1 && !comparing && <Distribution rows={siblings} />}
        {comparing ? (
          <Comparison ids={compared} rows={rows} results={results} />
        ) : result === undefined ? (
          <Skeleton rows={8} />
        ) : 'code' in result ? (
          <Failed error={result} />
        ) : (
          <ResultView run={result} />
        )}
      </div>
    </div>
  );
}
