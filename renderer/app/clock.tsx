/** The market clock: time, date, phase in words, what comes next, and the ribbon of the day. */
import type { JSX } from 'react';
import type { SimulationStatus } from '#shared/domain/index.ts';
import { isAuction } from '#shared/time/index.ts';
import { useCore } from '../store/core.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { countdown, dateLong, time } from '../ui/format.ts';

interface RibbonPart {
  readonly key: string;
  /** Share of the day, percent. */
  readonly width: number;
  readonly className: string;
}

/** The day's parts as shares of it, split at now into past and future; `at` is now, percent. */
export function ribbon(status: Pick<SimulationStatus, 'schedule' | 'simTs'>): {
  readonly parts: readonly RibbonPart[];
  readonly at: number;
} {
  const open = status.schedule.filter((part) => part.phase !== 'closed');
  const start = open[0]?.startTs ?? 0;
  const end = open[open.length - 1]?.endTs ?? start;
  const whole = end - start;
  if (whole <= 0) return { parts: [], at: 0 };
  const parts = open.flatMap((part): readonly RibbonPart[] => {
    const split = Math.min(Math.max(status.simTs, part.startTs), part.endTs);
    const auction = isAuction(part.phase);
    const pieces = [
      { from: part.startTs, to: split, past: true },
      { from: split, to: part.endTs, past: false },
    ];
    return pieces
      .filter((piece) => piece.to > piece.from)
      .map((piece) => ({
        key: `${part.startTs}${piece.past ? 'p' : 'f'}`,
        width: ((piece.to - piece.from) / whole) * 100,
        className: auction ? 'auc' : piece.past ? 'on' : '',
      }));
  });
  return { parts, at: (Math.min(Math.max(status.simTs - start, 0), whole) / whole) * 100 };
}

export function Clock(): JSX.Element {
  const t = useText();
  const status = useCore((state) => state.status);
  const language = useView((state) => state.language);
  if (!status) return <div className="clock" aria-label={t('clock.label')} />;
  const { parts, at } = ribbon(status);
  const left = status.nextPhaseTs === null ? null : status.nextPhaseTs - status.simTs;
  return (
    <div className="clock" aria-label={t('clock.label')} data-testid="market-clock">
      <div className="t">
        <b className="num" data-testid="clock-time">
          {time(status.simTs)}
        </b>
        <span className="num" data-testid="clock-date">
          {dateLong(status.sessionDate, language)}
        </span>
      </div>
      <div className="ph2">
        <b data-testid="clock-phase" data-phase={status.phase}>
          {t(`phase.${status.phase}`)}
        </b>
        {status.nextPhase !== null && left !== null && (
          <span className="num">
            {t('clock.until', { phase: t(`phase.${status.nextPhase}`), left: countdown(left) })}
          </span>
        )}
      </div>
      <div className="rib" aria-hidden="true">
        {parts.map((part) => (
          <i key={part.key} className={part.className} style={{ width: `${part.width}%` }} />
        ))}
        <u style={{ left: `${at}%` }} />
      </div>
    </div>
  );
}
