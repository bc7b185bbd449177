/** The day of both venues: what runs, what comes next, the parts as ribbons with the present moment, and the markets' indices. */
import type { JSX } from 'react';
import type { MarketState, VenueName } from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { isAuction, isContinuous, isSessionDate, type Phase } from '#shared/time/index.ts';
import { type DayPart, momentOf, partsOf } from '../client/venue-day.ts';
import { type MarketMoment, useCore } from '../store/core.ts';
import { useMarketStates } from '../store/market-states.ts';
import { type Translate, useText } from '../text/index.ts';
import { countdown, direction, percent, timeShort, UNKNOWN } from '../ui/format.ts';

/** Parts narrower than this carry no name, percent of the day. */
const NAMED_FROM = 3.6;
const PPM_PER_PERCENT = 10_000;

/** From the first part that is open on any venue to the end of the last. */
export function daySpan(days: readonly (readonly DayPart[])[]): { readonly startTs: number; readonly endTs: number } {
  const open = days.flat().filter((part) => part.phase !== 'closed' && part.endTs > part.startTs);
  if (open.length === 0) return { startTs: 0, endTs: 0 };
  return {
    startTs: Math.min(...open.map((part) => part.startTs)),
    endTs: Math.max(...open.map((part) => part.endTs)),
  };
}

/** A place in a span, percent of it, held inside. */
export function placeIn(span: { readonly startTs: number; readonly endTs: number }, at: number): number {
  const whole = span.endTs - span.startTs;
  if (whole <= 0) return 0;
  return (Math.min(Math.max(at - span.startTs, 0), whole) * 100) / whole;
}

function Track(props: {
  readonly venue: VenueName;
  readonly parts: readonly DayPart[];
  readonly span: { readonly startTs: number; readonly endTs: number };
  readonly now: number;
}): JSX.Element {
  const t = useText();
  const { venue, parts, span, now } = props;
  const open = parts.filter((part) => part.phase !== 'closed' && part.endTs > part.startTs);
  return (
    <div className="track" data-testid={`session-track-${venue}`}>
      {open.length === 0 && venue === 'NXT' && <span className="l none">{t('session.noNxt')}</span>}
      {open.map((part) => {
        const left = placeIn(span, part.startTs);
        const width = placeIn(span, part.endTs) - left;
        const state = part.startTs <= now && now < part.endTs ? 'now' : part.endTs <= now ? 'past' : '';
        const kind = isAuction(part.phase) ? 'auc' : part.phase === 'break' || part.phase === 'preOpen' ? 'shut' : '';
        const label = t('session.part', {
          venue: t(`venue.${venue}`),
          phase: t(`phase.${part.phase}`),
          from: timeShort(part.startTs),
          to: timeShort(part.endTs),
        });
        return (
          <i
            key={part.startTs}
            className={`part ${kind} ${state}`}
            style={{ left: `${left}%`, width: `calc(${width}% - 1px)` }}
            title={label}
          >
            {width >= NAMED_FROM && t(`phase.short.${part.phase}`)}
          </i>
        );
      })}
    </div>
  );
}

/** What a venue is in, and what it waits for. */
function nextText(
  t: Translate,
  of: { readonly parts: readonly DayPart[]; readonly phase: Phase; readonly now: number },
): string {
  const { part, next } = momentOf(of.parts, of.now);
  // The random end has carried an auction beyond its time.
  if (part && part.phase !== of.phase && isAuction(of.phase))
    return t('session.soon', { phase: t(`phase.${part.phase}`) });
  if (!next) return t('session.last');
  return t('session.until', { phase: t(`phase.${next.phase}`), left: countdown(next.startTs - of.now) });
}

function VenueNow(props: {
  readonly venue: VenueName;
  /** Markets that a circuit breaker has stopped, in words; empty where none. */
  readonly held: string;
  readonly phase: Phase | null;
  readonly parts: readonly DayPart[];
  readonly now: number;
}): JSX.Element {
  const t = useText();
  const { venue, phase, parts, now } = props;
  return (
    <div className="vn" data-testid={`session-${venue}`} data-phase={phase ?? ''}>
      <span className={venue === 'NXT' ? 'tagv nxt' : 'tagv'}>{t(`venue.${venue}`)}</span>
      {phase === null ? (
        <span className="l">{t('session.noNxt')}</span>
      ) : (
        <>
          <b>{t(`phase.${phase}`)}</b>
          {props.held !== '' && isContinuous(phase) && (
            <span className="chip high">{t('session.held', { markets: props.held })}</span>
          )}
          <span className="l num el">{nextText(t, { parts, phase, now })}</span>
        </>
      )}
    </div>
  );
}

/** A market's index, and the breakers and the sidecar of today. */
function IndexTile({ state }: { readonly state: MarketState }): JSX.Element {
  const t = useText();
  const change = state.indexChangePpm;
  const used = state.breakersUsed.join('·');
  return (
    <div className="tile" data-testid={`session-index-${state.market}`}>
      <span className="l">{t(`market.${state.market}`)}</span>
      {change === null ? (
        <b className="num f" title={t('session.indexUnknown')}>
          {UNKNOWN}
        </b>
      ) : (
        <b className={`num ${direction(change)}`}>
          <i className={`tri ${direction(change)}`} />
          {percent(change / PPM_PER_PERCENT)}
        </b>
      )}
      {used !== '' && (
        <span className="chip high" title={t('session.breakers', { levels: used })}>
          {t('session.breakersUsed', { levels: used })}
        </span>
      )}
    </div>
  );
}

/** Says that the day keeps other hours than usual. */
function ShiftChip({ date }: { readonly date: string }): JSX.Element | null {
  const t = useText();
  if (!isSessionDate(date)) return null;
  const { openDelayMin, closeDelayMin } = krxCalendar.shift(date);
  if (openDelayMin === 0 && closeDelayMin === 0) return null;
  return (
    <span className="chip mid" title={t('session.shiftedHint')} data-testid="session-shifted">
      {closeDelayMin === 0
        ? t('session.shiftedOpen', { minutes: openDelayMin })
        : t('session.shiftedBoth', { minutes: closeDelayMin })}
    </span>
  );
}

function SessionRow({ status }: { readonly status: MarketMoment }): JSX.Element {
  const t = useText();
  const states = useMarketStates((store) => store.byMarket);
  const days = { KRX: partsOf(status, 'KRX'), NXT: partsOf(status, 'NXT') } as const;
  const span = daySpan([days.KRX, days.NXT]);
  const now = status.simTs;
  const held = [...states.values()]
    .filter((state) => state.breaker !== null)
    .map((state) => t(`market.${state.market}`))
    .join('·');
  return (
    <section className="sbar" aria-label={t('session.label')} data-testid="session-bar">
      <div className="vns">
        <VenueNow venue="KRX" held={held} phase={status.phase} parts={days.KRX} now={now} />
        <VenueNow venue="NXT" held={held} phase={status.nxtPhase} parts={days.NXT} now={now} />
      </div>
      <div className="tracks">
        <Track venue="KRX" parts={days.KRX} span={span} now={now} />
        <Track venue="NXT" parts={days.NXT} span={span} now={now} />
        <u style={{ left: `${placeIn(span, now)}%` }} />
      </div>
      <ShiftChip date={status.sessionDate} />
      {[...states.values()].map((state) => (
        <IndexTile key={state.market} state={state} />
      ))}
    </section>
  );
}

/** Takes its room at once, so that nothing moves when the first status comes. */
export function SessionBar(): JSX.Element {
  const status = useCore((state) => state.moment);
  return status ? <SessionRow status={status} /> : <div className="sbar" />;
}
