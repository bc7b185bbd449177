/** Open threats, the worst first: what is seen, since when, until when, and what may be done about it. */
import { type JSX, type KeyboardEvent, useMemo } from 'react';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel, useSelectIssue } from '../../../client/panel-context.tsx';
import { byGravity } from '../../../client/threat-order.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useThreats, type OpenThreat } from '../../../store/threats.ts';
import { time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty } from '../../../ui/panel.tsx';
import { useThreatSlice } from '../slice.ts';
import { figure, Figures, Picture } from './evidence.tsx';
import { useHorizon } from './horizon.ts';
import { useAsked } from './use-asked.ts';
import { SEVERITY_CHIP, useWords } from './words.ts';

const WATCHED_MS = 15_000;
/** Names said of what is watched; the rest is counted. */
const NAMED = 6;

/** Arrow keys walk the rows of a list. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function Row({ open }: { readonly open: OpenThreat }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const { looksOnly } = usePanel();
  const { threat, acknowledged } = open;
  const { threatId, detector, subject, severity, phase, firstTs, score, latest } = threat;
  const shown = useThreatSlice((state) => state.opened === threatId);
  const horizon = useHorizon(threat);
  const issue = useInstruments((state) => state.byId.has(subject));
  const plays = useThreats((state) => state.plays);
  const state = (play: string): string | null =>
    [...plays.values()].find((each) => each.play === play && each.threatId === threatId)?.state ?? null;
  return (
    <li
      className={acknowledged ? 'thr-row seen' : 'thr-row'}
      data-testid={`threat-${detector}`}
      data-severity={severity}
      data-subject={subject}
    >
      <button
        type="button"
        className="thr-main"
        data-row
        aria-expanded={shown}
        data-testid={`threat-open-${detector}`}
        onClick={() => useThreatSlice.setState({ opened: shown ? null : threatId })}
      >
        <span className={SEVERITY_CHIP[severity]}>{t(`threats.severity.${severity}`)}</span>
        <span className="who">
          <b className="el">{words.detector(detector)}</b>
          <span className="l el">
            {detector} · {words.subject(subject)}
          </span>
        </span>
        <span className="say">{words.sentence(latest)}</span>
        <Picture picture={latest.picture} />
        <span className="num pts" title={t('threats.adds')}>
          {figure(Math.round(score))}
        </span>
        <span className="since">
          <span className="num">{time(firstTs)}</span>
          <span className="l">{t(`threats.phase.${phase}`)}</span>
        </span>
      </button>
      <span className="thr-foot">
        {horizon !== null && (
          <span className="chip line num">
            <Icon name="clock" size="sm" />
            {horizon}
          </span>
        )}
        {threat.plays.map((play) => {
          const now = play === 'P1' ? null : state(play);
          return (
            <span key={play} className={now === 'running' ? 'chip mid' : 'chip'} title={words.does(play)}>
              {words.play(play)}
              {now !== null && <span>{t(`threats.play.${now as 'proposed'}`)}</span>}
            </span>
          );
        })}
        <span className="sp" />
        {acknowledged ? (
          <span className="l">{t('threats.seen')}</span>
        ) : (
          !looksOnly && (
            <button
              type="button"
              className="btn sm"
              data-testid={`threat-ack-${detector}`}
              onClick={() => void workstation.act((client) => client.threats.acknowledge({ threatId }))}
            >
              {t('common.ack')}
              <span className="sr">
                {words.detector(detector)} {words.subject(subject)}
              </span>
            </button>
          )
        )}
      </span>
      {shown && (
        <div className="thr-detail" data-testid="threat-detail">
          <p>{words.sentence(latest)}</p>
          <Figures signal={latest} />
          <p className="l">
            {t('threats.said', { count: threat.signals, first: time(firstTs), last: time(threat.lastTs) })}
          </p>
          {issue && (
            <button type="button" className="btn sm" onClick={() => select(subject)}>
              {t('threats.showIssue', { name: words.subject(subject) })}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** Nothing is open: what is looked at all the same. */
function Quiet(): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { value, error } = useAsked((client, signal) => client.threats.watched({}, { signal }), '', WATCHED_MS);
  const names = (value ?? []).slice(0, NAMED).map((id) => words.subject(id));
  const more = (value?.length ?? 0) - names.length;
  const body =
    value === null
      ? error
        ? error.messageKo
        : t('threats.noneBody')
      : value.length === 0
        ? t('threats.watchesNone')
        : t(more > 0 ? 'threats.watchesMore' : 'threats.watches', { names: names.join(', '), more });
  return <Empty icon="shield" title={t('threats.none')} body={body} testId="threats-empty" />;
}

export function OpenThreats(): JSX.Element {
  const { t } = useWords();
  const threats = useThreats((state) => state.threats);
  const sorted = useMemo(() => [...threats.values()].sort(byGravity), [threats]);
  return (
    <section className="thr-list" aria-label={t('threats.open')}>
      <h3 className="sec">
        {t('threats.open')} <span className="num">{sorted.length}</span>
      </h3>
      {sorted.length === 0 ? (
        <Quiet />
      ) : (
        <ul data-testid="open-threats" onKeyDown={walkRows}>
          {sorted.map((open) => (
            <Row key={open.threat.threatId} open={open} />
          ))}
        </ul>
      )}
    </section>
  );
}
