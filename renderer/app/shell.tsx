/** The window: frame, bars, work area, and what floats over them. */
import type { JSX } from 'react';
import { useEffect, useMemo } from 'react';
import { useWorkstation } from '../client/context.tsx';
import { usePerformanceFeed } from '../client/performance-feed.ts';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { useText } from '../text/index.ts';
import { Empty } from '../ui/panel.tsx';
import { actionsOf } from './actions.ts';
import { useKeeper } from './dock/keeper-context.tsx';
import { Dialogs } from './dialogs.tsx';
import { EnvironmentBar } from './environment-bar.tsx';
import { useHotkeys } from './hotkeys.ts';
import { Toasts } from './notices.tsx';
import { SessionBar } from './session-bar.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { WorkArea } from './work-area.tsx';

/** Before the first line stands, or where the core will not have us. */
function Curtain(): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const { link, everOpen } = useConnection();
  if (link.phase === 'refused') {
    return (
      <div className="curtain">
        <Empty
          icon="plug"
          title={link.error.messageKo}
          body={`${link.error.actionKo} (${link.error.code})`}
          alert
          testId="refused"
        />
      </div>
    );
  }
  if (everOpen) return null;
  return (
    <div className="curtain">
      <Empty icon="plug" title={t(link.phase === 'lost' ? 'lost.first' : 'lost.connecting')} testId="connecting">
        {link.phase === 'lost' && (
          <button type="button" className="btn" onClick={() => workstation.reconnect()}>
            {t('lost.now')}
          </button>
        )}
      </Empty>
    </div>
  );
}

export function Shell(): JSX.Element {
  const workstation = useWorkstation();
  const keeper = useKeeper();
  const actions = useMemo(() => actionsOf(workstation, keeper), [workstation, keeper]);
  const ready = useDesk((state) => state.ready);
  const everOpen = useConnection((state) => state.everOpen);
  useHotkeys(actions);
  usePerformanceFeed();
  const t = useText();
  const environment = useCore((state) => state.environment);
  useEffect(() => {
    document.title = t('app.title', { env: t(`env.${environment}`) });
  }, [t, environment]);
  return (
    <>
      <div className="win" data-testid="workstation" data-ready={ready}>
        <TopBar />
        <EnvironmentBar />
        <SessionBar />
        {everOpen ? <WorkArea /> : <main className="work" />}
        <StatusBar />
        <i className="edge" aria-hidden="true" />
      </div>
      <Curtain />
      <Toasts />
      <Dialogs actions={actions} />
    </>
  );
}
