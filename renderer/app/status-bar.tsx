/** Health of the core in figures, and the way to settings and keys. */
import type { JSX } from 'react';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { usesKis } from '../store/environment.ts';
import { openDialog } from '../store/overlay.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { LineChip } from './line-chip.tsx';
import { RiskBadge } from './risk-badge.tsx';
import { number, UNKNOWN } from '../ui/format.ts';

/** Milliseconds with one decimal where they are few. */
function milliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  return `${value < 10 ? value.toFixed(1) : number(Math.round(value))} ms`;
}

export function StatusBar(): JSX.Element {
  const t = useText();
  const health = useCore((state) => state.health);
  const kis = useCore((state) => usesKis(state.environment));
  const instruments = useCore((state) => state.status?.instruments);
  const upDown = useView((state) => state.upDown);
  const version = useConnection((state) => state.version);
  return (
    <footer className="status" data-testid="status-bar">
      <div>
        <LineChip />
        <RiskBadge />
        <span>
          {t('status.loop')} <b className="num">{milliseconds(health?.loopDelayP99Ms)}</b>
        </span>
        <span>
          {t('status.submit')} <b className="num">{milliseconds(health?.submitP99Ms)}</b>
        </span>
        {!kis && (
          <>
            <span>
              {t('status.events')}{' '}
              <b className="num">
                {health ? t('status.perSecond', { count: number(Math.round(health.eventsPerSecond)) }) : UNKNOWN}
              </b>
            </span>
            <span>
              {t('status.instruments')}{' '}
              <b className="num">{instruments === undefined ? UNKNOWN : number(instruments)}</b>
            </span>
          </>
        )}
        <span className="hid-xs">
          {t('status.memory')} <b className="num">{health ? `${number(Math.round(health.rssMb))} MB` : UNKNOWN}</b>
        </span>
      </div>
      <div>
        <span>
          {t('status.record')}{' '}
          <b className="num" data-testid="journal-entries">
            {health ? `#${number(health.journalEntries)}` : UNKNOWN}
          </b>{' '}
          {health && <b>{t(health.record === 'ok' ? 'status.saved' : 'status.failing')}</b>}
        </span>
        <button type="button" data-testid="settings-open" onClick={() => openDialog('settings')}>
          {t(`updown.${upDown}`)} · {t('settings.title')}
        </button>
        <button type="button" data-testid="shortcuts-open" onClick={() => openDialog('shortcuts')}>
          {t('shortcuts.title')} <kbd>?</kbd>
        </button>
        {version !== null && <span className="hid-s">Maru {version}</span>}
      </div>
    </footer>
  );
}
