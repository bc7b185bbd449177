/** The environment and its line in the status bar; a press opens the health of the line. */
import type { JSX } from 'react';
import { useCore } from '../store/core.ts';
import { useEnvironment, usesKis } from '../store/environment.ts';
import { useKis } from '../store/kis.ts';
import { useLineLevel } from '../panels/line/index.ts';
import { showView } from '../store/work.ts';
import { useText } from '../text/index.ts';
import { environmentIcon } from '../ui/environment-icon.ts';
import { number, UNKNOWN } from '../ui/format.ts';
import { Icon, Light } from '../ui/icons.tsx';
import { skewText } from '../ui/span-text.ts';

const LIGHT = { ok: 'ok', mid: 'warn', high: 'bad' } as const;
const CLASS = { ok: 'okc', mid: 'midc', high: 'highc' } as const;

export function LineChip(): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const armed = useEnvironment((state) => state.status?.lock.state === 'armed');
  const health = useKis((state) => state.health);
  const level = useLineLevel();
  return (
    <>
      <button type="button" className="etag" data-testid="line-chip" onClick={() => showView('line')}>
        <Icon name={environmentIcon(environment, armed)} size="sm" />
        {t(`env.${environment}.tag`)}
      </button>
      {usesKis(environment) && (
        <>
          {level !== null && (
            <span className={`lt2 ${CLASS[level]}`} data-testid="line-level">
              <Light state={LIGHT[level]} />
              {t(`line.level.${level}`)}
            </span>
          )}
          <span>
            {t('line.calls')}{' '}
            <b className="num">
              {health
                ? t('line.of', { count: number(Math.round(health.callsPerSecond)), limit: health.callLimit })
                : UNKNOWN}
            </b>
          </span>
          <span>
            {t('line.registrations')}{' '}
            <b className="num" data-testid="line-chip-registrations">
              {health ? t('line.of', { count: health.registrations, limit: health.registrationLimit }) : UNKNOWN}
            </b>
          </span>
          <span className="hid-s">
            {t('line.skew')}{' '}
            <b className="num">{health === null || health.skewMs === null ? UNKNOWN : skewText(t, health.skewMs)}</b>
          </span>
        </>
      )}
    </>
  );
}
