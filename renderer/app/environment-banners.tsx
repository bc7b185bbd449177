/** Across the work area: a switch under way or failed, and what must be known of the environment in force. */
import type { JSX } from 'react';
import type { EnvironmentStatus } from '#shared/domain/index.ts';
import { acknowledgeNotices, dropSwitch } from '../client/environment.ts';
import { useWorkstation } from '../client/context.tsx';
import { useEnvironment, usesKis } from '../store/environment.ts';
import { openDialog } from '../store/overlay.ts';
import { showView } from '../store/work.ts';
import { useText } from '../text/index.ts';
import { Icon } from '../ui/icons.tsx';
import { Banner } from './banner.tsx';

/** What names a failure: another one is shown again though the last was put away. */
function failureKey(status: EnvironmentStatus): string {
  return `${status.generation}|${status.reason?.code ?? ''}`;
}

/** Whether a failure is to be seen: a refused switch has its own words already, and the simulation's may be put away. */
function failing(state: ReturnType<typeof useEnvironment.getState>): boolean {
  const { status, change, dismissedFailure } = state;
  return status?.phase === 'failed' && change.phase !== 'refused' && failureKey(status) !== dismissedFailure;
}

/** The environment in force is not connected, or another one could not be opened in its place. */
function FailedBanner(): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const status = useEnvironment((state) => state.status);
  const shown = useEnvironment(failing);
  const busy = useEnvironment((state) => state.change.phase === 'asking');
  if (!shown || !status) return null;
  const { reason, environment, connectionId } = status;
  const kis = usesKis(environment);
  const name = t(`env.${environment}`);
  return (
    <Banner
      icon="plug"
      title={t(kis ? 'env.failed' : 'env.fellBack', { name })}
      body={reason ? `${reason.messageKo} ${reason.actionKo} (${reason.code})` : ''}
      testId="banner-environment-failed"
    >
      {kis && (
        <button
          type="button"
          className="btn"
          disabled={busy}
          data-testid="environment-retry"
          onClick={() => workstation.switchTo({ environment, connectionId })}
        >
          {t('env.retry')}
        </button>
      )}
      <button type="button" className="btn" onClick={() => openDialog('connections')}>
        {t('conn.title')}
      </button>
      {kis ? (
        <button
          type="button"
          className="btn"
          disabled={busy}
          data-testid="environment-to-simulation"
          onClick={() => workstation.switchTo({ environment: 'simulation', connectionId: null })}
        >
          {t('env.toSimulation')}
        </button>
      ) : (
        <button
          type="button"
          className="btn"
          onClick={() => useEnvironment.setState({ dismissedFailure: failureKey(status) })}
        >
          {t('common.close')}
        </button>
      )}
    </Banner>
  );
}

/** The switch was refused: the old environment stands. */
function RefusedBanner(): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const change = useEnvironment((state) => state.change);
  const environment = useEnvironment((state) => state.status?.environment ?? 'simulation');
  if (change.phase !== 'refused') return null;
  const { error, target } = change;
  return (
    <Banner
      icon="warn"
      title={t('env.refused', { name: t(`env.${target.environment}`), now: t(`env.${environment}`) })}
      body={`${error.messageKo} ${error.actionKo} (${error.code})`}
      testId="banner-switch-refused"
    >
      <button type="button" className="btn" onClick={() => workstation.switchTo(target)}>
        {t('env.retry')}
      </button>
      <button type="button" className="btn" onClick={dropSwitch} data-testid="switch-refused-close">
        {t('common.close')}
      </button>
    </Banner>
  );
}

/** Once a switch: what the user must know while the environment is in force. */
function NoticeBanner(): JSX.Element | null {
  const t = useText();
  const status = useEnvironment((state) => state.status);
  const noticed = useEnvironment((state) => state.noticedGeneration);
  if (!status || status.noticesKo.length === 0 || status.generation === noticed) return null;
  return (
    <div className="banner note" role="status" data-testid="banner-notices">
      <Icon name="info" />
      <b>{t('env.notice', { name: t(`env.${status.environment}`) })}</b>
      <ul>
        {status.noticesKo.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
      <span className="sp" />
      <button type="button" className="btn" onClick={() => showView('line')}>
        {t('panel.line')}
      </button>
      <button type="button" className="btn" onClick={acknowledgeNotices} data-testid="notices-ack">
        {t('env.noticed')}
      </button>
    </div>
  );
}

/** Whether one of these stands. */
export function useEnvironmentBanner(): boolean {
  return useEnvironment((state) => {
    const { status, change, noticedGeneration } = state;
    const notices = status !== null && status.noticesKo.length > 0 && status.generation !== noticedGeneration;
    return failing(state) || change.phase === 'refused' || notices;
  });
}

export function EnvironmentBanners(): JSX.Element {
  return (
    <>
      <RefusedBanner />
      <FailedBanner />
      <NoticeBanner />
    </>
  );
}

/** Covers the work area while another environment comes into force: nothing behind it is current. */
export function SwitchVeil(): JSX.Element | null {
  const t = useText();
  const status = useEnvironment((state) => state.status);
  const change = useEnvironment((state) => state.change);
  const followed = useEnvironment((state) => state.followed);
  const asking = change.phase === 'asking';
  const between = status !== null && (status.phase === 'switching' || followed === null);
  if (!asking && !between) return null;
  const name = t(`env.${asking ? change.target.environment : (status?.environment ?? 'simulation')}`);
  return (
    <div className="veil switching" role="status" data-testid="switch-veil">
      <div className="vbox">
        <b>{t('env.switchingTo', { name })}</b>
        <div className="pbar indet">
          <i />
        </div>
        <span>{t(between ? 'env.connecting' : 'env.leaving')}</span>
      </div>
    </div>
  );
}
