/** The day as it went: threats and plays in one list, newest first. */
import { type JSX, useMemo } from 'react';
import type { PlayRecord, Threat } from '#shared/domain/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { useThreats } from '../../../store/threats.ts';
import { time } from '../../../ui/format.ts';
import { Empty, Skeleton } from '../../../ui/panel.tsx';
import { Failed } from '../../../ui/states.tsx';
import { useAsked } from './use-asked.ts';
import { SEVERITY_CHIP, useWords } from './words.ts';

/** Threats and plays that a day is made of, at most. */
const MOST = 500;

export type DayEvent = { readonly id: string; readonly ts: number } & (
  | { readonly what: 'seen' | 'over'; readonly threat: Threat }
  | { readonly what: 'proposed' | 'started' | 'ended'; readonly play: PlayRecord }
);

/** What happened on the day of the newest of them, newest first; a play that was told or run at once is one event. */
export function dayEvents(threats: readonly Threat[], plays: readonly PlayRecord[]): readonly DayEvent[] {
  const events: DayEvent[] = [];
  for (const threat of threats) {
    const { threatId: id, firstTs, clearedTs } = threat;
    events.push({ id: `${id} seen`, ts: firstTs, what: 'seen', threat });
    if (clearedTs !== null) events.push({ id: `${id} over`, ts: clearedTs, what: 'over', threat });
  }
  for (const play of plays) {
    const { playId: id, proposedTs, startedTs, endedTs } = play;
    if (startedTs === null) events.push({ id: `${id} proposed`, ts: proposedTs, what: 'proposed', play });
    else events.push({ id: `${id} started`, ts: startedTs, what: 'started', play });
    if (endedTs !== null && endedTs !== startedTs) events.push({ id: `${id} ended`, ts: endedTs, what: 'ended', play });
  }
  events.sort((a, b) => b.ts - a.ts || (a.id < b.id ? -1 : 1));
  const day = events[0] ? kstDate(epochMs(events[0].ts)) : null;
  return events.filter(({ ts }) => kstDate(epochMs(ts)) === day);
}

function Line({ event }: { readonly event: DayEvent }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const severity = 'threat' in event ? event.threat.severity : event.play.severity;
  return (
    <li data-testid={`event-${event.what}`}>
      <span className="num l">{time(event.ts)}</span>
      <span className={SEVERITY_CHIP[severity]}>{t(`threats.severity.${severity}`)}</span>
      {'threat' in event ? (
        <>
          <b className="el">{words.detector(event.threat.detector)}</b>
          <span className="l">{t(`threats.event.${event.what}`)}</span>
          <span className="say">
            {words.subject(event.threat.subject)} · {words.sentence(event.threat.latest)}
          </span>
        </>
      ) : (
        <>
          <b className="el">
            {event.play.play} {words.play(event.play.play)}
          </b>
          <span className="l">
            {event.what === 'ended' ? t(`threats.play.${event.play.state}`) : t(`threats.event.${event.what}`)}
          </span>
          <span className="say">{words.did(event.play)}</span>
        </>
      )}
    </li>
  );
}

export function Timeline(): JSX.Element {
  const { t } = useWords();
  const revision = useThreats((state) => state.revision);
  const { value, error, again } = useAsked(
    (client, signal) => client.threats.history({ limit: MOST }, { signal }),
    // A burst of changes is one question every few of them; the beat of the guard brings the last.
    String(Math.ceil(revision / 4)),
    5_000,
  );
  const events = useMemo(
    () =>
      dayEvents(
        (value?.threats ?? []).map(({ threat }) => threat),
        value?.plays ?? [],
      ),
    [value],
  );
  if (value === null) return error ? <Failed error={error} onRetry={again} /> : <Skeleton />;
  if (events.length === 0)
    return <Empty icon="clock" title={t('threats.dayNone')} body={t('threats.dayNoneBody')} testId="day-empty" />;
  return (
    <section className="thr-day" aria-label={t('threats.record.day')}>
      <p className="l">{t('threats.dayOf', { date: kstDate(epochMs(events[0]?.ts ?? 0)) })}</p>
      <ul data-testid="threat-day">
        {events.map((event) => (
          <Line key={event.id} event={event} />
        ))}
      </ul>
    </section>
  );
}
