/** Across the work area: what holds for the whole screen until it ends. */
import type { JSX } from 'react';
import { useEffect, useReducer } from 'react';
import type { MarketState } from '#shared/domain/index.ts';
import { useWorkstation } from '../client/context.tsx';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { nameOf } from '../store/instruments.ts';
import { useMarketStates } from '../store/market-states.ts';
import { openDialog } from '../store/overlay.ts';
import { useText } from '../text/index.ts';
import { countText } from '../ui/issue-units.ts';
import { countdown, percent, time, UNKNOWN } from '../ui/format.ts';
import { browserTimers } from '../ui/platform.ts';
import { Banner } from './banner.tsx';
import { EnvironmentBanners, useEnvironmentBanner } from './environment-banners.tsx';

const PPM_PER_PERCENT = 10_000;

/** The line is down: since when, which try, and when the next. */
function LostBanner(): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const link = useConnection((state) => state.link);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const counting = link.phase === 'lost' && link.retryAt !== null;
  useEffect(() => {
    if (!counting) return;
    const timer = browserTimers.every(500, redraw);
    return () => timer.cancel();
  }, [counting]);
  if (link.phase !== 'lost') return null;
  const seconds =
    link.retryAt === null ? null : Math.max(0, Math.ceil((link.retryAt - workstation.clock.now()) / 1_000));
  const body =
    seconds === null
      ? t('lost.noRetry', { since: time(link.since) })
      : t('lost.body', { since: time(link.since), attempt: link.attempt, seconds });
  return (
    <Banner icon="plug" title={t('lost.title')} body={body} testId="banner-lost">
      {seconds !== null && (
        <button type="button" className="btn" data-testid="reconnect" onClick={() => workstation.reconnect()}>
          {t('lost.now')}
        </button>
      )}
    </Banner>
  );
}

function UnconfirmedBanner(): JSX.Element | null {
  const t = useText();
  const orders = useDesk((state) => state.orders);
  const unknown = [...orders.values()].filter((order) => order.state === 'unconfirmed');
  const [first] = unknown;
  if (!first) return null;
  return (
    <Banner
      icon="warn"
      title={t('unconfirmed.title')}
      body={t(unknown.length > 1 ? 'unconfirmed.many' : 'unconfirmed.body', {
        name: nameOf(first.instrumentId),
        side: t(`side.${first.side}`),
        quantity: countText(t, first.quantity, first.instrumentId),
        more: unknown.length - 1,
      })}
      testId="banner-unconfirmed"
    />
  );
}

function HaltedBanner(): JSX.Element | null {
  const t = useText();
  const environment = useCore((state) => state.environment);
  // Elsewhere every holding came by orders of this program.
  const holdingsAreTheirs = environment === 'paper' || environment === 'real';
  const trading = useDesk((state) => state.tradingState);
  if (!trading || trading.state === 'active') return null;
  if (trading.state === 'reducing') {
    return (
      <Banner icon="shield" tone="mid" title={t('reducing.title')} body={t('reducing.body')} testId="banner-reducing" />
    );
  }
  return (
    <Banner
      icon="stop"
      tone="crit"
      title={t('halted.title')}
      body={`${t(`halted.cause.${trading.cause}`, { since: time(trading.sinceTs) })} ${trading.note}`}
      testId="banner-halted"
    >
      {holdingsAreTheirs && (
        <button type="button" className="btn" data-testid="adopt-open" onClick={() => openDialog('adopt')}>
          {t('adopt.title')}
        </button>
      )}
      <button type="button" className="btn" data-testid="resume-open" onClick={() => openDialog('resume')}>
        {t('resume.title')}
      </button>
    </Banner>
  );
}

/** A whole market has stopped: which, how deep, and when it goes on. */
function BreakerBanner({ state }: { readonly state: MarketState }): JSX.Element | null {
  const t = useText();
  const now = useCore((store) => store.moment?.simTs ?? 0);
  const { breaker, indexChangePpm } = state;
  if (!breaker) return null;
  const market = t(`market.${state.market}`);
  const change = indexChangePpm === null ? UNKNOWN : percent(indexChangePpm / PPM_PER_PERCENT);
  return (
    <Banner
      icon="stop"
      title={t('breaker.title', { market, level: breaker.level })}
      body={
        breaker.untilTs === null
          ? t('breaker.last', { percent: change })
          : t('breaker.body', { percent: change, time: time(breaker.untilTs) })
      }
      testId={`banner-breaker-${state.market}`}
    >
      {breaker.untilTs !== null && (
        <b className="num">{t('sidecar.left', { left: countdown(breaker.untilTs - now) })}</b>
      )}
    </Banner>
  );
}

/** Program orders of one side are frozen; orders by hand are not. */
function SidecarBanner({ state }: { readonly state: MarketState }): JSX.Element | null {
  const t = useText();
  const now = useCore((store) => store.moment?.simTs ?? 0);
  const { sidecar } = state;
  if (!sidecar) return null;
  const side = t(`side.${sidecar.side}`);
  return (
    <Banner
      icon="warn"
      tone="mid"
      title={t('sidecar.title', { market: t(`market.${state.market}`), side })}
      body={t('sidecar.body', { side, time: time(sidecar.untilTs) })}
      testId={`banner-sidecar-${state.market}`}
    >
      <b className="num">{t('sidecar.left', { left: countdown(sidecar.untilTs - now) })}</b>
    </Banner>
  );
}

/** Whether a market has stopped, or freezes program orders. */
function useMarketHeld(): boolean {
  return useMarketStates((store) =>
    [...store.byMarket.values()].some((state) => state.breaker !== null || state.sidecar !== null),
  );
}

/** All that hold, the gravest first. */
export function Banners(): JSX.Element | null {
  const lost = useConnection((state) => state.link.phase === 'lost');
  const trading = useDesk((state) => state.tradingState?.state ?? 'active');
  const unknown = useDesk((state) => [...state.orders.values()].some((order) => order.state === 'unconfirmed'));
  const held = useMarketHeld();
  const states = useMarketStates((store) => store.byMarket);
  const environment = useEnvironmentBanner();
  if (!lost && trading === 'active' && !unknown && !held && !environment) return null;
  return (
    <div className="banners">
      <LostBanner />
      <UnconfirmedBanner />
      <HaltedBanner />
      <EnvironmentBanners />
      {[...states.values()].map((state) => (
        <BreakerBanner key={state.market} state={state} />
      ))}
      {[...states.values()].map((state) => (
        <SidecarBanner key={state.market} state={state} />
      ))}
    </div>
  );
}

/** Whether a banner stands, for the layout of the work area. */
export function useBannerOn(): boolean {
  const lost = useConnection((state) => state.link.phase === 'lost');
  const trading = useDesk((state) => state.tradingState?.state ?? 'active');
  const unknown = useDesk((state) => [...state.orders.values()].some((order) => order.state === 'unconfirmed'));
  const held = useMarketHeld();
  const environment = useEnvironmentBanner();
  return lost || trading !== 'active' || unknown || held || environment;
}
