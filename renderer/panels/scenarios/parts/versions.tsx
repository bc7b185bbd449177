/** The versions of the open scenario: what was saved when, what is different, and the way back. */
import { type JSX, useEffect, useMemo, useState } from 'react';
import type { ScenarioVersionRow } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { differencesOf, parseScenario } from '#shared/scenario/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/workstation.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { timeShort } from '../../../ui/format.ts';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { Failed } from '../../../ui/states.tsx';
import { isShipped, useScenarios, type OpenScenario } from '../slice.ts';
import { useScenarioLine } from './scenario-line.ts';

/** Differences of two texts in words; brief: how many. */
export function Differences(props: {
  readonly from: string;
  readonly to: string;
  readonly brief?: boolean;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { from, to, brief } = props;
  const found = useMemo(() => {
    const [before, after] = [parseScenario(from), parseScenario(to)];
    return 'document' in before && 'document' in after ? differencesOf(before.document, after.document) : null;
  }, [from, to]);
  const [first] = found ?? [];
  if (brief)
    return (
      <span className="l el">
        {found === null || !first
          ? t('scen.differsInText')
          : found.length === 1
            ? first[language]
            : t('scen.differsMore', { first: first[language], count: found.length - 1 })}
      </span>
    );
  if (found === null) return <p className="note">{t('scen.noCompare')}</p>;
  if (found.length === 0) return <p className="note">{t('scen.same')}</p>;
  return (
    <ul className="sc-diff" data-testid="scen-differences">
      {found.map((each, at) => (
        <li key={at} className={each.kind}>
          <span className="chip line">{t(`scen.diff.${each.kind}`)}</span>
          {each[language]}
        </li>
      ))}
    </ul>
  );
}

/** The text of a version; null until it has come. */
function useVersionText(id: string, version: number | null): string | null {
  const { client } = useClient();
  const [read, setRead] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const key = `${id} ${version ?? ''}`;
  useEffect(() => {
    if (!client || version === null) return;
    let gone = false;
    client.scenarios
      .read({ id, version })
      .then(({ text }) => {
        if (!gone) setRead({ of: key, text });
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [client, id, version, key]);
  return read?.of === key ? read.text : null;
}

export function Versions({ open }: { readonly open: OpenScenario }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const line = useScenarioLine();
  const { client } = useClient();
  const [rows, setRows] = useState<readonly ScenarioVersionRow[] | null>(null);
  const [error, setError] = useState<ErrorEnvelope | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [tries, setTries] = useState(0);
  const shipped = isShipped(open.id);
  useEffect(() => {
    if (!client || shipped) return;
    let gone = false;
    client.scenarios
      .versions({ id: open.id })
      .then((list) => {
        if (gone) return;
        setRows(list);
        setError(null);
      })
      .catch((failure: unknown) => {
        if (!gone) setError(wordsOf(failure));
      });
    return () => {
      gone = true;
    };
  }, [client, open.id, open.version, open.newer, shipped, tries]);
  const text = useVersionText(open.id, chosen);
  if (shipped) return <Empty icon="doc" title={t('scen.libVersions')} body={t('scen.libVersionsBody')} />;
  if (error) return <Failed error={error} onRetry={() => setTries(tries + 1)} />;
  if (rows === null) return <Skeleton />;
  if (rows.length === 0)
    return <Empty icon="doc" title={t('scen.noVersions')} body={t('scen.noVersionsBody')} testId="scen-no-versions" />;
  const shown = rows.find(({ version }) => version === chosen) ?? null;
  return (
    <div className="sc-versions">
      <ul className="sc-vlist" aria-label={t('scen.view.versions')}>
        {rows.map(({ version, ts, note }) => (
          <li key={version}>
            <button
              type="button"
              className={version === chosen ? 'sc-item on' : 'sc-item'}
              aria-current={version === chosen}
              data-testid={`scen-version-${version}`}
              onClick={() => setChosen(version)}
            >
              <span className="nm">
                v{version} {version === open.version && <span className="chip line">{t('scen.thisVersion')}</span>}
              </span>
              <span className="l">{note === '' ? t('scen.noNote') : note}</span>
              <span className="mk l num">
                {kstDate(epochMs(ts))} {timeShort(ts)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <section className="sc-vbody" aria-label={t('scen.differences')}>
        {shown === null ? (
          <Empty icon="list" title={t('scen.chooseVersion')} body={t('scen.chooseVersionBody')} />
        ) : text === null ? (
          <Skeleton />
        ) : (
          <>
            <div className="tbar">
              <b>{t('scen.fromVersion', { version: shown.version })}</b>
              <span className="sp" />
              <button
                type="button"
                className="btn"
                disabled={text === open.text}
                data-testid="scen-restore"
                onClick={() => {
                  line.write(text, null);
                  useScenarios.setState({ view: 'edit' });
                  workstation.notify({
                    level: 'info',
                    title: t('scen.restored', { version: shown.version }),
                    body: t('scen.restoredBody'),
                  });
                }}
              >
                {t('scen.restore', { version: shown.version })}
              </button>
            </div>
            <Differences from={text} to={open.text} />
          </>
        )}
      </section>
    </div>
  );
}
