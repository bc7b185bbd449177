/** The trading state, and the protections that stand against orders, each with its time left and its way out. */
import type { JSX } from 'react';
import type { Protection } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useConnection } from '../../../store/connection.ts';
import { useDesk } from '../../../store/desk.ts';
import { openDialog } from '../../../store/overlay.ts';
import { useThreats } from '../../../store/threats.ts';
import { time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { ProtectionLeft } from '../../../ui/protection-note.tsx';
import { useWords } from './words.ts';

const STATE_CHIP = { active: 'chip ok', reducing: 'chip mid', halted: 'chip crit' } as const;

/** What can be sent now, and the buttons that change it. Cancelling always works. */
function Trading(): JSX.Element {
  const { t } = useWords();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const open = useConnection((state) => state.link.phase === 'open');
  const trading = useDesk((state) => state.tradingState);
  const state = trading?.state ?? null;
  const put = (next: 'reducing' | 'active'): void =>
    void workstation.act((client) => client.trading.setTradingState({ state: next }));
  return (
    <div className="thr-trading" data-testid="threat-trading" data-state={state ?? ''}>
      <p className="h">
        <b>{t('threats.trading')}</b>
        {state ? (
          <span className={STATE_CHIP[state]}>{t(`threats.trading.${state}`)}</span>
        ) : (
          <span className="chip dis">{t('threats.trading.unknown')}</span>
        )}
        {trading && <span className="l num">{t('threats.since', { time: time(trading.sinceTs) })}</span>}
      </p>
      {state && <p>{t(`threats.may.${state}`)}</p>}
      {trading && trading.note !== '' && <p className="l">{trading.note}</p>}
      {!looksOnly && (
        <div className="acts">
          {state !== 'halted' && (
            <button type="button" className="btn crit" data-testid="threat-halt" onClick={() => workstation.halt()}>
              <Icon name="stop" size="sm" />
              {t('top.kill')}
            </button>
          )}
          {state === 'active' && (
            <button type="button" className="btn" disabled={!open} onClick={() => put('reducing')}>
              {t('action.reduce')}
            </button>
          )}
          {state === 'reducing' && (
            <button type="button" className="btn" disabled={!open} onClick={() => put('active')}>
              {t('action.activate')}
            </button>
          )}
          {state === 'halted' && (
            <button type="button" className="btn" disabled={!open} onClick={() => openDialog('resume')}>
              {t('resume.title')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Protected({ protection }: { readonly protection: Protection }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const open = useConnection((state) => state.link.phase === 'open');
  const { protectionId, kind, accountId, instrumentId, untilTs, buysOnly } = protection;
  // A protection bears the name of the play that put it up.
  const running = useThreats((state) => state.plays.get(protectionId)?.state === 'running');
  const on = [instrumentId, accountId].flatMap((each) => (each === null ? [] : [words.subject(each)]));
  return (
    <li data-testid={`protection-${kind}`}>
      <p className="h">
        <Icon name="shield" size="sm" />
        <b>{t(`threats.protection.${kind}`)}</b>
        <span className="el">{on.length === 0 ? t('threats.everything') : on.join(' · ')}</span>
        {buysOnly && <span className="chip line">{t('threats.buysOnly')}</span>}
        <span className="sp" />
        <ProtectionLeft untilTs={untilTs} />
        {!looksOnly && running && (
          <button
            type="button"
            className="btn sm"
            disabled={!open}
            data-testid={`protection-release-${kind}`}
            onClick={() => void workstation.act((client) => client.threats.release({ playId: protectionId }))}
          >
            {t('threats.release')}
            <span className="sr">{t(`threats.protection.${kind}`)}</span>
          </button>
        )}
      </p>
      <p className="l">
        {t(`threats.stops.${kind}`)} {words.why(protection)}
      </p>
    </li>
  );
}

export function Standing(): JSX.Element {
  const { t } = useWords();
  const protections = useThreats((state) => state.protections);
  return (
    <section className="thr-standing" aria-label={t('threats.standing')}>
      <h3 className="sec">{t('threats.standing')}</h3>
      <Trading />
      {protections.length === 0 ? (
        <p className="l" data-testid="protections-none">
          {t('threats.protectionsNone')}
        </p>
      ) : (
        <ul data-testid="protections">
          {protections.map((protection) => (
            <Protected key={protection.protectionId} protection={protection} />
          ))}
        </ul>
      )}
    </section>
  );
}
