/** Top bar: the environments, market clock, search, account, lights, bell, kill button. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { useWorkstation } from '../client/context.tsx';
import { IndexStrip } from '../panels/board/index.ts';
import { useNotices } from '../client/notices.ts';
import { useAccount, useMarks, usePerformanceNow, usePositions } from '../client/hooks.ts';
import { sessionProfit } from '../client/valuation.ts';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { atBroker, usesKis } from '../store/environment.ts';
import { openDialog } from '../store/overlay.ts';
import { showView } from '../store/work.ts';
import { type TextKey, useText } from '../text/index.ts';
import { MenuButton, MenuItem } from '../ui/controls.tsx';
import { direction, UNKNOWN } from '../ui/format.ts';
import { accountCurrency, money, moneyOr, signedMoney } from '../ui/money.ts';
import { Icon, Light, Logo } from '../ui/icons.tsx';
import { Clock } from './clock.tsx';
import { EnvironmentSwitch } from './environment-switch.tsx';

/** Profit of the session, from holdings, fills of the day and prices. */
function useTodayProfit(): number | null {
  const account = useAccount();
  const positions = usePositions(account?.accountId ?? null);
  const allFills = useDesk((state) => state.fills);
  const accountId = account?.accountId;
  const sessionDate = account?.sessionDate;
  const fills = useMemo(
    () => [...allFills.values()].filter((fill) => fill.accountId === accountId && fill.sessionDate === sessionDate),
    [allFills, accountId, sessionDate],
  );
  const ids = useMemo(
    () => [...new Set([...positions, ...fills].map((entry) => entry.instrumentId))],
    [positions, fills],
  );
  const marks = useMarks(ids);
  return account ? sessionProfit({ positions, fills, marks }) : null;
}

function AccountPicker(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const accounts = useDesk((state) => state.accounts);
  const account = useAccount();
  const today = useTodayProfit();
  const equity = usePerformanceNow()?.equityKrw ?? null;
  // Accounts at the broker are opened there.
  const broker = useCore((state) => atBroker(state.environment));
  return (
    <MenuButton
      className="acct"
      label={t('top.account')}
      spoken
      testId="account-picker"
      face={
        <>
          <span className="kv">
            <span className="l">
              {account?.name ?? t(broker ? 'account.waiting' : 'account.none')} <Icon name="down" size="sm" />
            </span>
            <b className="num" data-testid="net-assets">
              {moneyOr(equity, accountCurrency(account))}
            </b>
          </span>
          <span className="kv">
            <span className="l">{t('top.today')}</span>
            <b className={`num ${direction(today)}`} data-testid="today-profit">
              {today === null ? UNKNOWN : signedMoney(today, accountCurrency(account))}
            </b>
          </span>
          <span className="kv">
            <span className="l">{t('top.power')}</span>
            <b className="num" data-testid="buying-power">
              {moneyOr(account?.buyingPowerKrw, accountCurrency(account))}
            </b>
          </span>
        </>
      }
    >
      {(close) => (
        <>
          {[...accounts.values()].map((entry) => (
            <MenuItem
              key={entry.accountId}
              checked={entry.accountId === account?.accountId}
              testId={`account-option-${entry.accountId}`}
              onClick={() => {
                void workstation.setPreferences({ accountId: entry.accountId });
                close();
              }}
            >
              {entry.name} <span className="bal num">{money(entry.cashD2Krw, accountCurrency(entry))}</span>
            </MenuItem>
          ))}
          {!broker && (
            <>
              {accounts.size > 0 && <hr />}
              <MenuItem
                testId="account-new"
                onClick={() => {
                  close();
                  openDialog('new-account');
                }}
              >
                <Icon name="plus" />
                {t('account.newMore')}
              </MenuItem>
            </>
          )}
        </>
      )}
    </MenuButton>
  );
}

type LightState = 'ok' | 'warn' | 'bad' | 'off';

const LIGHT_CLASS: Readonly<Record<LightState, string>> = {
  ok: 'lt ok',
  warn: 'lt warn',
  bad: 'lt bad',
  off: 'lt off',
};

function useLights(): readonly { readonly name: TextKey; readonly state: LightState; readonly why: TextKey }[] {
  const health = useCore((state) => state.health);
  const open = useConnection((state) => state.link.phase === 'open');
  const kis = useCore((state) => usesKis(state.environment));
  if (!open) {
    return (['light.market', 'light.orders', 'light.record'] as const).map((name) => ({
      name,
      state: 'bad',
      why: 'light.lost',
    }));
  }
  const market = health?.market ?? null;
  const live = kis ? 'light.market.feed' : 'light.market.live';
  const orders = health?.orders ?? null;
  const record = health?.record ?? null;
  return [
    {
      name: 'light.market',
      state:
        market === null
          ? 'off'
          : market === 'live'
            ? 'ok'
            : market === 'paused'
              ? 'off'
              : market === 'stale'
                ? 'warn'
                : 'bad',
      why: market === null ? 'light.unknown' : market === 'live' ? live : `light.market.${market}`,
    },
    {
      name: 'light.orders',
      state: orders === null ? 'off' : orders === 'ready' ? 'ok' : orders === 'reconciling' ? 'warn' : 'bad',
      why: orders === null ? 'light.unknown' : `light.orders.${orders}`,
    },
    {
      name: 'light.record',
      state: record === null ? 'off' : record === 'ok' ? 'ok' : 'bad',
      why: record === null ? 'light.unknown' : `light.record.${record}`,
    },
  ];
}

function Lights(): JSX.Element {
  const t = useText();
  const lights = useLights();
  return (
    <button
      type="button"
      className="lights"
      title={t('panel.line')}
      data-testid="lights"
      onClick={() => showView('line')}
    >
      {lights.map((light) => (
        <span
          key={light.name}
          className={LIGHT_CLASS[light.state]}
          title={t(light.why)}
          role="status"
          aria-label={`${t(light.name)}: ${t(light.why)}`}
        >
          <Light state={light.state} />
          {t(light.name)}
        </span>
      ))}
    </button>
  );
}

function Bell(): JSX.Element {
  const t = useText();
  const { unseen, settings } = useNotices();
  return (
    <button
      type="button"
      className={settings.quiet.now ? 'ib bell quiet' : 'ib bell'}
      data-testid="bell"
      onClick={() => openDialog('alerts')}
    >
      <Icon name="bell" />
      <span className="sr">{t('top.alerts', { count: unseen })} </span>
      {unseen > 0 && <span className="cnt">{unseen > 99 ? '99' : unseen}</span>}
    </button>
  );
}

function Kill(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  return (
    <button
      type="button"
      className={halted ? 'kill on' : 'kill'}
      aria-pressed={halted}
      title={`${t('top.killHint')} (Ctrl Shift X)`}
      data-testid="kill-button"
      onClick={() => (halted ? openDialog('resume') : workstation.halt())}
    >
      <Icon name="stop" />
      <span>{t(halted ? 'top.halted' : 'top.kill')}</span>
    </button>
  );
}

export function TopBar(): JSX.Element {
  const t = useText();
  return (
    <header className="top">
      <div className="brand">
        <Logo />
        <b className="hid-s">Maru</b>
      </div>
      <EnvironmentSwitch />
      <Clock />
      <IndexStrip />
      <button type="button" className="find" data-testid="palette-open" onClick={() => openDialog('palette')}>
        <Icon name="search" />
        <span>{t('top.find')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <AccountPicker />
      <Lights />
      <Bell />
      <Kill />
    </header>
  );
}
