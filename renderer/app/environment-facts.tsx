/** The right of the environment bar where KIS is in force: what goes out, the line's load, and the lock of the real one. */
import type { JSX } from 'react';
import type { RealLock } from '#shared/domain/index.ts';
import { useWorkstation } from '../client/context.tsx';
import { pinWaitMs } from '../client/environment.ts';
import { useCore } from '../store/core.ts';
import { useEnvironment } from '../store/environment.ts';
import { useKis } from '../store/kis.ts';
import { openDialog } from '../store/overlay.ts';
import { showView } from '../store/work.ts';
import { useText } from '../text/index.ts';
import { countdown, number, timeShort, UNKNOWN } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { useTicking } from '../ui/ticking.ts';

/** Opens the PIN dialog: to set one first where there is none. */
export function openLock(): void {
  openDialog('arm');
}

function LockBar({ lock }: { readonly lock: RealLock }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const waitMs = pinWaitMs(lock, workstation.clock.now());
  useTicking(waitMs > 0);
  if (lock.state === 'armed') {
    return (
      <span className="lockbar open" role="status" data-testid="lock-bar" data-lock="armed">
        <Icon name="unlock" />
        <b>{t('lock.armed')}</b>
        <span className="num">
          {lock.armedUntilTs === null ? '' : t('lock.until', { time: timeShort(lock.armedUntilTs) })}
        </span>
        <button type="button" className="btn env" data-testid="lock-now" onClick={() => workstation.lockReal()}>
          <Icon name="lock" size="sm" />
          {t('lock.now')} <kbd>Ctrl L</kbd>
        </button>
      </span>
    );
  }
  return (
    <span className="lockbar" role="status" data-testid="lock-bar" data-lock="locked">
      <Icon name="lock" />
      <b>{t('lock.locked')}</b>
      <span className="hid-s">{t('lock.lockedHint')}</span>
      {waitMs > 0 && <span className="num midc">{t('lock.wait', { left: countdown(waitMs) })}</span>}
      <button type="button" className="btn env" data-testid="lock-open" onClick={openLock}>
        <Icon name="unlock" size="sm" />
        {t('lock.open')}
      </button>
    </span>
  );
}

function Load(): JSX.Element {
  const t = useText();
  const health = useKis((state) => state.health);
  return (
    <button type="button" className="btn ghost" data-testid="line-open" onClick={() => showView('line')}>
      <span className="l">{t('line.calls')}</span>
      <b className="num">
        {health ? t('line.of', { count: number(Math.round(health.callsPerSecond)), limit: health.callLimit }) : UNKNOWN}
      </b>
      <span className="l hid-s">{t('line.registrations')}</span>
      <b className="num hid-s">
        {health ? t('line.of', { count: health.registrations, limit: health.registrationLimit }) : UNKNOWN}
      </b>
    </button>
  );
}

/** Everything that the environment in force says of itself beside its name. */
export function EnvironmentFacts(): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const status = useEnvironment((state) => state.status);
  return (
    <>
      <span className="l goes" data-testid="env-goes">
        {t(`env.${environment}.goes`)}
        {status?.endpoint === 'emulator' && <span className="chip mid">{t('env.emulator')}</span>}
      </span>
      <Load />
      {status && status.lock.state !== 'none' && <LockBar lock={status.lock} />}
    </>
  );
}
