/** Health of the line to KIS: load, registrations, token, socket, clock, errors, and every stream. */
import type { JSX, ReactNode } from 'react';
import { useState } from 'react';
import type { KisHealth } from '#shared/domain/index.ts';
import { openWizard } from '../../client/connections.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useConnection } from '../../store/connection.ts';
import { useCore } from '../../store/core.ts';
import { useEnvironment, usesKis } from '../../store/environment.ts';
import { CALL_HISTORY, useKis } from '../../store/kis.ts';
import { useText } from '../../text/index.ts';
import { number, time, UNKNOWN } from '../../ui/format.ts';
import { Icon, Light } from '../../ui/icons.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { skewText, spanText } from '../../ui/span-text.ts';
import { useTicking } from '../../ui/ticking.ts';
import { aged, callCurve, type Level, loadLevel, skewLevel } from './parts/figures.ts';
import { StreamGrid } from './parts/stream-grid.tsx';
import { useLineLevel } from './parts/use-line-level.ts';

const BOX = { width: 220, height: 34 } as const;
const CLASS: Readonly<Record<Level, string>> = { ok: '', mid: 'midc', high: 'highc' };
/** Health comes once a second; silence beyond this is said. */
const SILENT_MS = 5_000;

function Tile(props: {
  readonly title: string;
  readonly value: ReactNode;
  readonly level?: Level;
  readonly testId: string;
  readonly children?: ReactNode;
}): JSX.Element {
  return (
    <div className="ltile" data-testid={props.testId}>
      <span className="l">{props.title}</span>
      <b className={`num ${CLASS[props.level ?? 'ok']}`}>{props.value}</b>
      {props.children}
    </div>
  );
}

function Bar({ used, limit }: { readonly used: number; readonly limit: number }): JSX.Element {
  const level = loadLevel(used, limit);
  return (
    <span className="meter wide" aria-hidden="true">
      <i className={level === 'ok' ? '' : level} style={{ width: `${Math.min(100, (used * 100) / limit)}%` }} />
    </span>
  );
}

function Calls({ health }: { readonly health: KisHealth }): JSX.Element {
  const t = useText();
  const calls = useKis((state) => state.calls);
  const { callsPerSecond, callLimit, waitingCalls } = health;
  const limitAt = BOX.height - (callLimit * BOX.height) / Math.max(callLimit, ...calls);
  return (
    <Tile
      title={t('line.calls')}
      value={t('line.of', { count: number(Math.round(callsPerSecond)), limit: callLimit })}
      level={loadLevel(callsPerSecond, callLimit)}
      testId="line-calls"
    >
      <Bar used={callsPerSecond} limit={callLimit} />
      <svg
        className="curve"
        viewBox={`0 -1 ${BOX.width} ${BOX.height + 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('line.curve', { most: number(Math.round(Math.max(0, ...calls))) })}
      >
        <line x1="0" x2={BOX.width} y1={limitAt} y2={limitAt} className="lim" />
        <polyline points={callCurve(calls, { ...BOX, limit: callLimit, places: CALL_HISTORY })} />
      </svg>
      <span className="l">
        {t('line.waiting', { count: waitingCalls })} ·{' '}
        {t('line.p50', { ms: health.restP50Ms === null ? UNKNOWN : Math.round(health.restP50Ms) })}
      </span>
    </Tile>
  );
}

function Facts({ health, sinceMs }: { readonly health: KisHealth; readonly sinceMs: number }): JSX.Element {
  const t = useText();
  const emulator = useEnvironment((state) => state.status?.endpoint === 'emulator');
  const { token, socket, registrations, registrationLimit, polled, gaps, skewMs } = health;
  const left = token.expiresInMs === null ? null : Math.max(0, token.expiresInMs - sinceMs);
  const socketLevel: Level = socket.state === 'open' ? 'ok' : socket.state === 'connecting' ? 'mid' : 'high';
  return (
    <div className="ltiles">
      <Calls health={health} />
      <Tile
        title={t('line.registrations')}
        value={t('line.of', { count: registrations, limit: registrationLimit })}
        level={registrations > registrationLimit ? 'high' : 'ok'}
        testId="line-registrations"
      >
        <Bar used={registrations} limit={registrationLimit} />
        <span className="l">{t('line.polled', { count: polled })}</span>
        <span className="l">{t('line.gaps', { count: gaps })}</span>
      </Tile>
      <Tile
        title={t('line.token')}
        value={t(`line.token.${token.state}`)}
        level={token.state === 'valid' ? 'ok' : 'mid'}
        testId="line-token"
      >
        <span className="l num">{t('line.age', { span: spanText(t, aged(token.ageMs, sinceMs)) })}</span>
        <span className="l num">{t('line.expires', { span: spanText(t, left) })}</span>
        <span className="l num">
          {token.guardMs === null || token.guardMs - sinceMs <= 0
            ? t('line.guardNone')
            : t('line.guard', { span: spanText(t, token.guardMs - sinceMs) })}
        </span>
      </Tile>
      <Tile title={t('line.socket')} value={t(`line.socket.${socket.state}`)} level={socketLevel} testId="line-socket">
        <span className="l num">{t('line.age', { span: spanText(t, aged(socket.ageMs, sinceMs)) })}</span>
        <span className="l num">{t('line.message', { span: spanText(t, aged(socket.lastMessageMs, sinceMs)) })}</span>
        <span className="l num">
          {t('line.reconnects', { count: socket.reconnects })}
          {socket.nextTryMs !== null &&
            ` · ${t('line.nextTry', { span: spanText(t, Math.max(0, socket.nextTryMs - sinceMs)) })}`}
        </span>
      </Tile>
      <Tile
        title={t('line.skew')}
        value={skewMs === null ? UNKNOWN : skewText(t, skewMs)}
        level={skewLevel(skewMs, emulator)}
        testId="line-skew"
      >
        <span className="l">{t('line.skewHint')}</span>
        {emulator && <span className="l">{t('line.skewEmulator')}</span>}
      </Tile>
    </div>
  );
}

function Errors({ health }: { readonly health: KisHealth }): JSX.Element {
  const t = useText();
  if (health.errors.length === 0) return <p className="note">{t('line.noErrors')}</p>;
  return (
    <table className="lgrid" data-testid="line-errors">
      <thead>
        <tr>
          <th>{t('line.code')}</th>
          <th>{t('line.meaning')}</th>
          <th className="r">{t('line.count')}</th>
          <th className="r">{t('line.lastAt')}</th>
        </tr>
      </thead>
      <tbody>
        {health.errors.map((error) => (
          <tr key={error.code}>
            <td className="mono">{error.code}</td>
            <td>{error.textKo}</td>
            <td className="r num">{number(error.count)}</td>
            <td className="r num">{time(error.lastTs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The facts as they came, for a question to somebody else; they hold no secret. */
function CopyButton({ health }: { readonly health: KisHealth }): JSX.Element {
  const t = useText();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = (): void => {
    navigator.clipboard
      .writeText(JSON.stringify(health, null, 2))
      .then(() => setCopied(true))
      .catch(() => setCopied(false));
  };
  return (
    <button type="button" className="btn sm" onClick={copy} data-testid="line-copy">
      {t(copied === null ? 'line.copy' : copied ? 'line.copied' : 'line.copyFailed')}
    </button>
  );
}

function Notices(): JSX.Element | null {
  const notices = useEnvironment((state) => state.status?.noticesKo);
  if (!notices || notices.length === 0) return null;
  return (
    <ul className="lnotes" data-testid="line-notices">
      {notices.map((notice) => (
        <li key={notice}>
          <Icon name="info" size="sm" />
          {notice}
        </li>
      ))}
    </ul>
  );
}

export function LinePanel(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const environment = useCore((state) => state.environment);
  const online = useConnection((state) => state.link.phase === 'open');
  const { health, healthAt } = useKis();
  useTicking(health !== null);
  if (!usesKis(environment)) {
    return (
      <Empty icon="flask" title={t('line.none')} body={t('line.noneBody')} testId="line-none">
        <button type="button" className="btn" onClick={() => openWizard()}>
          {t('wizard.open')}
        </button>
      </Empty>
    );
  }
  if (!health) return <Skeleton rows={5} />;
  const sinceMs = workstation.clock.now() - healthAt;
  const stale = !online || sinceMs > SILENT_MS;
  return (
    <div className={stale ? 'line old' : 'line'} data-testid="line-panel">
      {stale && (
        <p className="calm midc" role="alert" data-testid="line-stale">
          <Icon name="warn" /> {t('line.stale', { time: time(healthAt) })}
        </p>
      )}
      {health.socket.state === 'inUse' && (
        <p className="calm highc" role="alert" data-testid="line-in-use">
          <Icon name="warn" /> {t('line.inUse')}
        </p>
      )}
      <Facts health={health} sinceMs={sinceMs} />
      <h4>{t('line.errors')}</h4>
      <Errors health={health} />
      <h4>
        {t('line.streams')} <span className="sp" />
        <CopyButton health={health} />
      </h4>
      <StreamGrid health={health} sinceMs={sinceMs} />
      <Notices />
    </div>
  );
}

/** The line in one word, at the right of the panel's head. */
export function LineInfo(): JSX.Element | null {
  const t = useText();
  const level = useLineLevel();
  if (level === null) return null;
  return (
    <span className={`lt2 hid-s ${level === 'ok' ? 'okc' : CLASS[level]}`}>
      <Light state={level === 'ok' ? 'ok' : level === 'mid' ? 'warn' : 'bad'} />
      {t(`line.level.${level}`)}
    </span>
  );
}

/** Streams that draw the eye, counted on the tab; none where all is well. */
export function useLineCount(): number | null {
  const alarms = useKis(
    (state) =>
      state.health?.streams.filter((stream) => stream.alarmKo !== null || stream.state === 'refused').length ?? 0,
  );
  return alarms === 0 ? null : alarms;
}
