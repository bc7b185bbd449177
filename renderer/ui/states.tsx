/** The states in which a panel may be: nothing there, coming, no longer kept up to date, failed. Old figures never pass for live ones. */
import type { JSX, ReactNode } from 'react';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useConnection } from '../store/connection.ts';
import { useText } from '../text/index.ts';
import { time } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { useMarketSilence } from './market-silence.ts';

/** Nothing here: what is empty, and what to do next. */
export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly body?: string;
  readonly children?: ReactNode;
  readonly testId?: string;
  readonly alert?: boolean;
}): JSX.Element {
  return (
    <div className="empty" role={props.alert ? 'alert' : 'status'} data-testid={props.testId}>
      <Icon name={props.icon} size="lg" />
      <b>{props.title}</b>
      {props.body && <span>{props.body}</span>}
      {props.children && <span className="row">{props.children}</span>}
    </div>
  );
}

/** Bars in the shape of the coming table; they appear only where loading takes longer than 0.3 s. */
export function Skeleton({ rows = 5 }: { readonly rows?: number }): JSX.Element {
  return (
    <div className="sk" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <span className="skr" key={row}>
          <i />
          <i />
          <i />
        </span>
      ))}
    </div>
  );
}

/** What was asked for did not come: the sentence, what to do, and the way to ask again. */
export function Failed(props: {
  readonly error: ErrorEnvelope;
  readonly onRetry?: () => void;
  readonly testId?: string;
}): JSX.Element {
  const t = useText();
  const { messageKo, actionKo, code } = props.error;
  return (
    <Empty
      icon="warn"
      title={messageKo}
      body={`${actionKo} (${code})`}
      alert
      {...(props.testId === undefined ? {} : { testId: props.testId })}
    >
      {props.onRetry && (
        <button type="button" className="btn" onClick={props.onRetry}>
          {t('env.retry')}
        </button>
      )}
    </Empty>
  );
}

/** Why figures are no longer kept up to date: the line to the core is gone, or the market is silent. */
export interface Old {
  readonly why: 'lost' | 'stale';
  /** Wall time since when; null: not known. */
  readonly since: number | null;
}

/** Of figures that come from the core (`core`), or from the market through it (`market`); null while they are kept up. */
export function useOld(from: 'core' | 'market'): Old | null {
  const link = useConnection((state) => state.link);
  const silentSince = useMarketSilence((state) => state.since);
  if (link.phase !== 'open') return { why: 'lost', since: link.phase === 'lost' ? link.since : null };
  if (from === 'market' && silentSince !== null) return { why: 'stale', since: silentSince };
  return null;
}

/** Figures under a grey veil once they are old, with since when above them; they stay readable and can be copied. */
export function Veiled(props: {
  readonly from: 'core' | 'market';
  /** False for figures that were never live, such as records. */
  readonly live?: boolean;
  readonly children: ReactNode;
}): JSX.Element {
  const t = useText();
  const old = useOld(props.from);
  const veil = props.live === false ? null : old;
  return (
    <>
      {veil && (
        <p className="oldnote" role="status" data-testid="old-rows" data-why={veil.why}>
          <Icon name="warn" size="sm" />
          {veil.since === null ? t('old.unknown') : t(`old.${veil.why}`, { time: time(veil.since) })}
        </p>
      )}
      <div className={veil ? 'old-rows is' : 'old-rows'}>{props.children}</div>
    </>
  );
}
