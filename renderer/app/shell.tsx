/** The window: frame, bars, work area, and what floats over them. */
import type { JSX } from 'react';
import { useEffect, useMemo } from 'react';
import { type Action, ActionsProvider } from '../client/actions.tsx';
import { useDocument } from '../client/documents.ts';
import { useWorkstation } from '../client/context.tsx';
import { usePerformanceFeed } from '../client/performance-feed.ts';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { useText } from '../text/index.ts';
import { usePhone } from '../ui/media.ts';
import { Empty } from '../ui/panel.tsx';
import { actionsOf } from './actions/index.ts';
import { withKeys } from './bindings.ts';
import { useKeeper } from './dock/keeper-context.tsx';
import { Dialogs } from './dialogs.tsx';
import { EnvironmentBar } from './environment-bar.tsx';
import { useHotkeys } from './hotkeys.ts';
import { useNativeMenu } from './native-menu.ts';
import { Toasts } from './notices/index.ts';
import { PANEL_VIEWS } from './panels.ts';
import { SessionBar } from './session-bar.tsx';
import { Phone } from './phone.tsx';
import { HOTKEYS_ID } from './shortcuts.tsx';
import { StatusBar } from './status-bar.tsx';
import { Tour } from './tour.tsx';
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

/** A view that only looks has no keys. */
const NO_ACTIONS: readonly Action[] = [];

export function Shell(): JSX.Element {
  const workstation = useWorkstation();
  const keeper = useKeeper();
  const bound = useDocument('hotkeys', HOTKEYS_ID)?.keys;
  const shipped = useMemo(() => actionsOf({ workstation, keeper, views: PANEL_VIEWS }), [workstation, keeper]);
  const actions = useMemo(() => withKeys(shipped, bound ?? {}), [shipped, bound]);
  const ready = useDesk((state) => state.ready);
  const everOpen = useConnection((state) => state.everOpen);
  const phone = usePhone();
  useHotkeys(phone ? NO_ACTIONS : actions);
  useNativeMenu(phone ? NO_ACTIONS : actions);
  usePerformanceFeed();
  const t = useText();
  const environment = useCore((state) => state.environment);
  useEffect(() => {
    document.title = t('app.title', { env: t(`env.${environment}`) });
  }, [t, environment]);
  return (
    <ActionsProvider value={actions}>
      {phone && everOpen ? (
        <Phone />
      ) : (
        <div className="win" data-testid="workstation" data-ready={ready}>
          <TopBar />
          <EnvironmentBar />
          <SessionBar />
          {everOpen ? <WorkArea /> : <main className="work" />}
          <StatusBar />
          <i className="edge" aria-hidden="true" />
        </div>
      )}
      <Curtain />
      <Toasts />
      <Dialogs />
      {!phone && <Tour />}
    </ActionsProvider>
  );
}
