/** Takes the practice market back within its day: a slider over the part that can be reached, and what a rewind keeps. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { SimulationStatus } from '#shared/domain/index.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useText } from '../../text/index.ts';
import { MenuButton } from '../../ui/controls.tsx';
import { countdown, time } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';

const BACK_MINUTES = [1, 5, 30] as const;

/** A wished instant held inside what can be reached, on a whole second. */
export function reachable(wish: number, reach: { readonly from: number; readonly now: number }): number {
  const inside = Math.min(Math.max(wish, reach.from), reach.now);
  const whole = Math.floor(inside / SECOND_MS) * SECOND_MS;
  return Math.max(whole, reach.from);
}

function RewindForm(props: { readonly from: number; readonly now: number; readonly close: () => void }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { from, now } = props;
  const [wish, setWish] = useState(() => now - MINUTE_MS);
  const at = reachable(wish, { from, now });
  const send = (): void => {
    props.close();
    void workstation.market.rewind(at);
  };
  return (
    <div className="rewind" data-testid="rewind-form">
      <b>{t('rewind.title')}</b>
      <span className="big num" data-testid="rewind-time">
        {time(at)}
      </span>
      <span className="l num">{t('rewind.toNow', { time: time(now), left: countdown(now - at) })}</span>
      <input
        type="range"
        min={from}
        max={now}
        step={SECOND_MS}
        value={at}
        aria-label={t('rewind.to')}
        aria-valuetext={time(at)}
        data-testid="rewind-slider"
        onChange={(event) => setWish(Number(event.target.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Else the key would go on to the button that gets the focus back, and press it.
          event.preventDefault();
          if (at < now) send();
        }}
      />
      <span className="ends num l">
        <span>{time(from)}</span>
        <span>{time(now)}</span>
      </span>
      <span className="q4">
        <button type="button" data-testid="rewind-start" onClick={() => setWish(from)}>
          {t('rewind.start')}
        </button>
        {BACK_MINUTES.toReversed().map((minutes) => (
          <button
            key={minutes}
            type="button"
            disabled={now - minutes * MINUTE_MS < from}
            data-testid={`rewind-back-${minutes}`}
            onClick={() => setWish(now - minutes * MINUTE_MS)}
          >
            {t('rewind.back', { minutes })}
          </button>
        ))}
      </span>
      <p className="note">{t('rewind.keeps')}</p>
      <button type="button" className="btn pri" disabled={at >= now} data-testid="rewind-send" onClick={send}>
        {t('rewind.send', { time: time(at) })}
      </button>
    </div>
  );
}

/** Opens the rewind; says so where there is nothing to go back to. */
export function RewindButton({ status }: { readonly status: SimulationStatus }): JSX.Element {
  const t = useText();
  const from = status.rewindFromTs;
  const possible = from !== null && from < status.simTs && !status.busy;
  return (
    <MenuButton
      className="btn ghost rew"
      kind="form"
      label={t(possible ? 'rewind.open' : 'rewind.none')}
      testId="rewind-open"
      disabled={!possible}
      face={
        <span title={t(possible ? 'rewind.open' : 'rewind.none')}>
          <Icon name="rewind" />
        </span>
      }
    >
      {(close) => (from === null ? null : <RewindForm from={from} now={status.simTs} close={close} />)}
    </MenuButton>
  );
}
