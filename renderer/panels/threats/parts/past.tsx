/** Threats that were, newest first and page by page, with what the user says of each: right, or a false alarm. */
import { type JSX, useCallback, useEffect, useState } from 'react';
import type { Threat, ThreatVerdict } from '#shared/domain/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import type { CoreClient } from '../../../client/supervisor.ts';
import { wordsOf } from '../../../client/words-of.ts';
import { time, UNKNOWN } from '../../../ui/format.ts';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { spanText } from '../../../ui/span-text.ts';
import { Failed } from '../../../ui/states.tsx';
import { SEVERITY_CHIP, useWords } from './words.ts';

export interface PastThreat {
  readonly threat: Threat;
  readonly verdict: ThreatVerdict | null;
}

const PAGE = 50;

/** Where the page after these begins: the oldest instant is asked for again, since others may share it. */
export function nextBefore(known: readonly PastThreat[], page: readonly PastThreat[]): number | null {
  if (page.length < PAGE) return null;
  const oldest = Math.min(...known.map(({ threat }) => threat.firstTs));
  const newest = Math.max(...page.map(({ threat }) => threat.firstTs));
  return newest === oldest ? oldest : oldest + 1;
}

/** Both, each threat once. */
export function joined(known: readonly PastThreat[], page: readonly PastThreat[]): readonly PastThreat[] {
  const ids = new Set(known.map(({ threat }) => threat.threatId));
  return [...known, ...page.filter(({ threat }) => !ids.has(threat.threatId))];
}

interface Pages {
  readonly rows: readonly PastThreat[] | null;
  readonly next: number | null;
  readonly error: ErrorEnvelope | null;
}

const NOTHING: Pages = { rows: null, next: null, error: null };

function usePast(): Pages & {
  readonly more: () => void;
  readonly begin: () => void;
  readonly put: (row: PastThreat) => void;
} {
  const { client, era } = useClient();
  const [pages, setPages] = useState<Pages>(NOTHING);
  const load = useCallback(async (from: CoreClient, known: readonly PastThreat[], beforeTs: number | null) => {
    try {
      const page = (await from.threats.history({ limit: PAGE, beforeTs })).threats;
      const rows = joined(known, page);
      setPages({ rows, next: nextBefore(rows, page), error: null });
    } catch (error) {
      setPages((old) => ({ ...old, error: wordsOf(error) }));
    }
  }, []);
  const begin = useCallback(() => {
    if (client) void load(client, [], null);
  }, [client, load]);
  useEffect(begin, [begin, era]);
  return {
    ...pages,
    begin,
    more() {
      if (client && pages.rows && pages.next !== null) void load(client, pages.rows, pages.next);
    },
    put: (row) =>
      setPages((old) => ({
        ...old,
        rows: old.rows?.map((each) => (each.threat.threatId === row.threat.threatId ? row : each)) ?? null,
      })),
  };
}

function Verdict(props: { readonly past: PastThreat; readonly onJudged: (past: PastThreat) => void }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const { threat, verdict } = props.past;
  if (looksOnly) return <span className="l">{verdict === null ? UNKNOWN : t(`threats.verdict.${verdict}`)}</span>;
  const judge = (said: ThreatVerdict): void => {
    // Pressed again it is taken back.
    const next = verdict === said ? null : said;
    void workstation
      .act((client) => client.threats.judge({ threatId: threat.threatId, verdict: next }))
      .then((answer) => answer && props.onJudged({ threat, verdict: next }));
  };
  return (
    <span
      className="thr-verdict"
      role="group"
      aria-label={t('threats.verdictOf', { name: words.detector(threat.detector) })}
    >
      {(['right', 'false'] as const).map((said) => (
        <button
          key={said}
          type="button"
          className={verdict === said ? 'btn sm on' : 'btn sm'}
          aria-pressed={verdict === said}
          data-testid={`verdict-${said}`}
          onClick={() => judge(said)}
        >
          {t(`threats.verdict.${said}`)}
        </button>
      ))}
    </span>
  );
}

export function Past(): JSX.Element {
  const words = useWords();
  const { t } = words;
  const past = usePast();
  if (past.rows === null) return past.error ? <Failed error={past.error} onRetry={past.begin} /> : <Skeleton />;
  if (past.rows.length === 0)
    return <Empty icon="list" title={t('threats.pastNone')} body={t('threats.pastNoneBody')} testId="past-empty" />;
  return (
    <section className="thr-past" aria-label={t('threats.record.past')}>
      <table data-testid="threat-past">
        <thead>
          <tr>
            {(['when', 'severity', 'threat', 'said', 'held', 'verdict'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`threats.col.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {past.rows.map((each) => {
            const { threatId, firstTs, clearedTs, severity, detector, subject, latest } = each.threat;
            return (
              <tr key={threatId} data-testid={`past-${detector}`}>
                <td className="num">
                  {kstDate(epochMs(firstTs))} {time(firstTs)}
                </td>
                <td>
                  <span className={SEVERITY_CHIP[severity]}>{t(`threats.severity.${severity}`)}</span>
                </td>
                <td>
                  <b>{words.detector(detector)}</b> <span className="l">{words.subject(subject)}</span>
                </td>
                <td className="say">{words.sentence(latest)}</td>
                <td className="num r">
                  {clearedTs === null ? t('threats.stillOpen') : spanText(t, Math.max(0, clearedTs - firstTs))}
                </td>
                <td>
                  <Verdict past={each} onJudged={past.put} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {past.error && (
        <p className="err" role="alert">
          {past.error.messageKo} {past.error.actionKo} ({past.error.code})
        </p>
      )}
      {past.next !== null && (
        <button type="button" className="btn" data-testid="past-more" onClick={past.more}>
          {t('threats.more')}
        </button>
      )}
    </section>
  );
}
