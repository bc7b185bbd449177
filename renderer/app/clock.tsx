/** The market clock: time, date, phase in words and what comes next. The day's ribbons stand in the session bar. */
import type { JSX } from 'react';
import { useCore } from '../store/core.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { countdown, dateLong, time } from '../ui/format.ts';

export function Clock(): JSX.Element {
  const t = useText();
  const status = useCore((state) => state.status);
  const language = useView((state) => state.language);
  if (!status) return <div className="clock" aria-label={t('clock.label')} />;
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
          <span className="num hid-s">
            {t('clock.until', { phase: t(`phase.${status.nextPhase}`), left: countdown(left) })}
          </span>
        )}
      </div>
    </div>
  );
}
