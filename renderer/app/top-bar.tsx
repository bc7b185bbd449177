/** Top bar: environment, market clock, search, account, lights, bell, kill button. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { useWorkstation } from '../client/context.tsx';
import { useAccount, useMarks, usePerformanceNow, usePositions } from '../client/hooks.ts';
import { sessionProfit } from '../client/valuation.ts';
import { useConnection } from '../store/connection.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { openDialog, useOverlay } from '../store/overlay.ts';
import { type TextKey, useText } from '../text/index.ts';
import { MenuButton, MenuItem } from '../ui/controls.tsx';
import { direction, number, numberOr, signed, UNKNOWN } from '../ui/format.ts';
import { Icon, Light, Logo } from '../ui/icons.tsx';
import { Clock } from './clock.tsx';

function EnvironmentChip(): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const mode = useCore((state) => state.status?.plan.mode);
  return (
    <div className="envchip" data-testid="environment-chip" data-environment={environment}>
      <Icon
        name={
          environment === 'simulation'
            ? 'flask'
            : environment === 'live'
              ? 'wave'
              : environment === 'paper'
                ? 'doc'
                : 'unlock'
        }
      />
      <span className="w">{t(`env.${environment}`)}</span>
      {mode && <span className="s">{t(`plan.${mode}`)}</span>}
    </div>
  );
}

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
  return (
    <MenuButton
      className="acct"
      label={t('top.account')}
      testId="account-picker"
      face={
        <>
          <span className="kv">
            <span className="l">
              {account?.name ?? t('account.none')} <Icon name="down" size="sm" />
            </span>
            <b className="num" data-testid="net-assets">
              {numberOr(equity)}
            </b>
          </span>
          <span className="kv">
            <span className="l">{t('top.today')}</span>
            <b className={`num ${direction(today)}`} data-testid="today-profit">
              {today === null ? UNKNOWN : signed(today)}
            </b>
          </span>
          <span className="kv">
            <span className="l">{t('top.power')}</span>
            <b className="num" data-testid="buying-power">
              {numberOr(account?.buyingPowerKrw)}
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
              {entry.name} <span className="bal num">{number(entry.cashD2Krw)}</span>
            </MenuItem>
          ))}
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
  if (!open) {
    return (['light.market', 'light.orders', 'light.record'] as const).map((name) => ({
      name,
      state: 'bad',
      why: 'light.lost',
    }));
  }
  const market = health?.market ?? null;
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
      why: market === null ? 'light.unknown' : `light.market.${market}`,
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
    <div className="lights" data-testid="lights">
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
    </div>
  );
}

function Bell(): JSX.Element {
  const t = useText();
  const alerts = useDesk((state) => state.alerts);
  const seenTs = useOverlay((state) => state.seenTs);
  const unseen = alerts.filter((alert) => alert.ts > seenTs).length;
  return (
    <button
      type="button"
      className="ib bell"
      aria-label={t('top.alerts', { count: unseen })}
      data-testid="bell"
      onClick={() => openDialog('alerts')}
    >
      <Icon name="bell" />
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
        <b>Maru</b>
      </div>
      <EnvironmentChip />
      <Clock />
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
