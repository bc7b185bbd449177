/** The market clock: time, date, phase in words and what comes next. The day's ribbons stand in the session bar. */
import type { JSX } from 'react';
import { useCore } from '../store/core.ts';
import { usesKis } from '../store/environment.ts';
import { useKis } from '../store/kis.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { countdown, dateLong, time } from '../ui/format.ts';
import { skewText } from '../ui/span-text.ts';

export function Clock(): JSX.Element {
  const t = useText();
  const status = useCore((state) => state.moment);
  const kis = useCore((state) => usesKis(state.environment));
  const skewMs = useKis((state) => state.health?.skewMs ?? null);
  const language = useView((state) => state.language);
  if (!status) return <div className="clock" aria-label={t('clock.label')} />;
  const left = status.nextPhaseTs === null ? null : status.nextPhaseTs - status.simTs;
  return (
    <div className="clock" aria-label={t('clock.label')} data-testid="market-clock">
      <div className="t">
        <b className="num" data-testid="clock-time">
          {time(status.simTs)}
        </b>
        {kis && (
          <span className="sk2 num" data-testid="clock-skew" title={t('line.skewHint')}>
            {skewMs === null ? t('clock.serverUnknown') : t('clock.server', { skew: skewText(t, skewMs) })}
          </span>
        )}
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
