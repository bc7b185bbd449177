/** Plays that wait for a word and plays under way: one key confirms, one key takes back; each says what it would do or did. */
import { type JSX, type KeyboardEvent, useMemo, useState } from 'react';
import type { PlayRecord } from '#shared/domain/index.ts';
import { SEVERITIES } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { proposedPlays } from '../../../client/threat-order.ts';
import type { CoreClient } from '../../../client/supervisor.ts';
import { useConnection } from '../../../store/connection.ts';
import { openDialog } from '../../../store/overlay.ts';
import { useOverriding, useThreats } from '../../../store/threats.ts';
import { countdown, time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Empty } from '../../../ui/panel.tsx';
import { useTicking } from '../../../ui/ticking.ts';
import { useThreatSlice } from '../slice.ts';
import { walkRows } from './open-threats.tsx';
import { Plan } from './plan.tsx';
import { SEVERITY_CHIP, useWords } from './words.ts';

/** Over, and still worth the room: a plan that was made, an order that was blocked, something that did not work. */
function lingers({ play, state, plan, by }: PlayRecord): boolean {
  if (state === 'failed') return true;
  return state === 'done' && by !== 'always' && ((play === 'P2' && plan !== null) || play === 'P6');
}

/** What stands in the list: proposed first, then under way, then what lingers, newest first. */
export function shownPlays(plays: Iterable<PlayRecord>, putAway: ReadonlySet<string>): readonly PlayRecord[] {
  const all = [...plays];
  const newest = (a: PlayRecord, b: PlayRecord): number => b.proposedTs - a.proposedTs;
  const running = all
    .filter(({ state }) => state === 'running')
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || newest(a, b));
  const over = all.filter((play) => lingers(play) && !putAway.has(play.playId)).sort(newest);
  return [...proposedPlays(all), ...running, ...over];
}

/** Time left of a play that ends by time, wall clock. */
function Left({ untilTs }: { readonly untilTs: number }): JSX.Element {
  const { t } = useWords();
  const { clock } = useWorkstation();
  useTicking(true);
  return <b className="num">{t('threats.left', { left: countdown(Math.max(0, untilTs - clock.now())) })}</b>;
}

const STATE_CHIP: Readonly<Partial<Record<PlayRecord['state'], string>>> = {
  proposed: 'chip high',
  running: 'chip mid',
  failed: 'chip high',
};

function PlayRow({ play }: { readonly play: PlayRecord }): JSX.Element {
  const words = useWords();
  const { t } = words;
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const open = useConnection((state) => state.link.phase === 'open');
  const [busy, setBusy] = useState(false);
  const { playId, state, plan, untilTs, severity } = play;
  const name = `${play.play} ${words.play(play.play)}`;
  const run = (act: (client: CoreClient) => Promise<unknown>): void => {
    if (busy || !open || looksOnly) return;
    setBusy(true);
    void workstation.act(act).finally(() => setBusy(false));
  };
  const confirm = (): void => run((client) => client.threats.confirm({ playId }));
  const release = (): void => run((client) => client.threats.release({ playId }));
  const proposed = state === 'proposed';
  const running = state === 'running';
  const halts = play.play === 'P7';
  const putAway = (): void => useThreatSlice.setState((slice) => ({ putAway: new Set([...slice.putAway, playId]) }));
  const pressed = (event: KeyboardEvent<HTMLElement>): void => {
    // Keys of the buttons inside are their own.
    if (event.target !== event.currentTarget || event.repeat) return;
    if (event.key === 'Enter' && proposed) confirm();
    else if (event.key === 'Delete' && (proposed || (running && !halts))) release();
    else return;
    event.preventDefault();
  };
  const asks = !looksOnly && play.play === 'P6' && (running || state === 'done');
  return (
    <div
      className={proposed ? 'thr-play asks' : 'thr-play'}
      role="group"
      aria-label={`${name}, ${t(`threats.play.${state}`)}`}
      aria-keyshortcuts={proposed ? 'Enter Delete' : running && !halts ? 'Delete' : undefined}
      tabIndex={0}
      data-row
      data-testid={`play-${play.play}`}
      data-state={state}
      data-subject={play.subject}
      onKeyDown={pressed}
    >
      <div className="h">
        <b>{name}</b>
        <span className={STATE_CHIP[state] ?? 'chip line'}>{t(`threats.play.${state}`)}</span>
        <span className="sp" />
        {running && untilTs !== null && <Left untilTs={untilTs} />}
        <span className={SEVERITY_CHIP[severity]}>{t(`threats.severity.${severity}`)}</span>
      </div>
      <p data-testid={`play-did-${play.play}`}>{words.did(play)}</p>
      <p className="l">
        {words.detector(play.detector)} · {words.subject(play.subject)} · {words.sentence(play.evidence)}
      </p>
      {play.startedTs !== null && play.by !== null && (
        <p className="l">{t(`threats.by.${play.by}`, { time: time(play.startedTs) })}</p>
      )}
      {plan && <Plan playId={playId} plan={plan} />}
      {!looksOnly && (
        <div className="acts">
          {proposed && (
            <button
              type="button"
              className="btn pri"
              disabled={busy || !open}
              data-testid={`play-confirm-${play.play}`}
              onClick={confirm}
            >
              {t('threats.run')} <kbd>Enter</kbd>
              <span className="sr">{name}</span>
            </button>
          )}
          {asks && (
            <button
              type="button"
              className="btn"
              disabled={!open}
              data-testid="play-override"
              onClick={() => {
                useOverriding.setState({ playId });
                openDialog('override');
              }}
            >
              {t('threats.override')}
            </button>
          )}
          {running && halts && (
            <button type="button" className="btn" disabled={!open} onClick={() => openDialog('resume')}>
              {t('resume.title')}
            </button>
          )}
          {(proposed || (running && !halts)) && (
            <button
              type="button"
              className={proposed ? 'btn ghost' : 'btn'}
              disabled={busy || !open}
              data-testid={`play-release-${play.play}`}
              onClick={release}
            >
              {t(proposed ? 'threats.turnDown' : 'threats.release')} <kbd>Del</kbd>
              <span className="sr">{name}</span>
            </button>
          )}
          {!proposed && !running && (
            <button type="button" className="btn ghost" data-testid={`play-away-${play.play}`} onClick={putAway}>
              <Icon name="x" size="sm" />
              {t('threats.putAway')}
              <span className="sr">{name}</span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

export function Plays(): JSX.Element {
  const { t } = useWords();
  const plays = useThreats((state) => state.plays);
  const putAway = useThreatSlice((state) => state.putAway);
  const shown = useMemo(() => shownPlays(plays.values(), putAway), [plays, putAway]);
  return (
    <section className="thr-plays" aria-label={t('threats.plays')}>
      <h3 className="sec">
        {t('threats.plays')} <span className="num">{shown.length}</span>
      </h3>
      {shown.length === 0 ? (
        <Empty icon="check" title={t('threats.playsNone')} body={t('threats.playsNoneBody')} testId="plays-empty" />
      ) : (
        <div className="thr-rows" data-testid="plays" onKeyDown={walkRows}>
          {shown.map((play) => (
            <PlayRow key={play.playId} play={play} />
          ))}
        </div>
      )}
    </section>
  );
}
