/** A window as narrow as a phone: one panel at a time, to look at; nothing can be sent. */
import { type JSX, Suspense, useMemo, useState } from 'react';
import { codeOf } from '#shared/domain/index.ts';
import { PanelProvider } from '../client/panel-context.tsx';
import { useAccount } from '../client/hooks.ts';
import { useCore } from '../store/core.ts';
import { useInstruments } from '../store/instruments.ts';
import { FIRST_GROUP } from '../store/links.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { Skeleton } from '../ui/panel.tsx';
import { Banners } from './banners.tsx';
import { Clock } from './clock.tsx';
import { Contained } from './contained.tsx';
import { panelView } from './panels.ts';

/** Panels that are worth looking at in passing, in the order of the bar. None of them writes an order. */
const VIEWS = [
  'watchlist',
  'chart',
  'order-book',
  'positions',
  'orders',
  'fills',
  'account',
  'alerts',
  'threats',
  'rankings',
  'heatmap',
  'board',
  'tape',
  'performance',
] as const;

/** Panels of one issue that do not name it themselves: at the desk the ticket beside them does. */
const UNNAMED: ReadonlySet<string> = new Set(['order-book', 'tape']);

/** Which issue the panel below shows. */
function Issue(): JSX.Element | null {
  const instrumentId = useView((state) => state.instrumentId);
  const name = useInstruments((state) => (instrumentId === null ? null : (state.byId.get(instrumentId)?.nameKo ?? '')));
  if (instrumentId === null || name === null) return null;
  return (
    <p className="phone-issue" data-testid="phone-issue">
      <b className="el">{name}</b> <span className="num">{codeOf(instrumentId)}</span>
    </p>
  );
}

export function Phone(): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const account = useAccount();
  const views = useMemo(() => VIEWS.flatMap((id) => panelView(id) ?? []), []);
  const [shown, setShown] = useState<string>(VIEWS[0]);
  const view = views.find((each) => each.id === shown) ?? views[0];
  const facts = useMemo(
    () => ({
      panelId: `phone-${shown}`,
      group: FIRST_GROUP,
      instrumentId: null,
      keepIssue: () => undefined,
      looksOnly: true,
      visible: true,
    }),
    [shown],
  );
  return (
    <div className="phone" data-testid="phone">
      <header className="phone-top">
        <b className="etag">{t(`env.${environment}`)}</b>
        <Clock />
        <span className="el">{account?.name ?? ''}</span>
        <span className="chip">{t('phone.looksOnly')}</span>
      </header>
      <main className="phone-body">
        <Banners />
        {view && (
          <PanelProvider value={facts}>
            {UNNAMED.has(view.id) && <Issue />}
            <section className="pbody" aria-label={t(view.title)} data-testid={`panel-${view.id}`}>
              <Contained key={view.id}>
                <Suspense fallback={<Skeleton />}>
                  <view.Body />
                </Suspense>
              </Contained>
            </section>
          </PanelProvider>
        )}
      </main>
      <nav className="phone-nav" aria-label={t('phone.panels')}>
        {views.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            className={id === view?.id ? 'ws on' : 'ws'}
            aria-current={id === view?.id}
            data-testid={`phone-${id}`}
            onClick={() => setShown(id)}
          >
            {t(title)}
          </button>
        ))}
      </nav>
    </div>
  );
}
