/** Below the ladder: what a press does, what guards it, cancelling a whole side, and the question where the guard asks. */
import type { JSX } from 'react';
import { useState } from 'react';
import { LADDER_ACTS, type LadderSettings, type Order } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useCore } from '../../../store/core.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { LostNote } from '../../../ui/lost-note.tsx';
import { issueMoney } from '../../../ui/money.ts';
import { parseWhole } from '../../../ui/parse.ts';
import { setLadder, useLadder } from '../slice.ts';
import { cancellable, restOf } from './decide.ts';
import { LADDER_PRESET, type PressState } from './use-press.ts';

const LIMITS = ['quantity', 'maxQuantity', 'maxAmount', 'maxTicks'] as const;

/** One limit; a text that is no number changes nothing and says so. */
function LimitField(props: {
  readonly name: (typeof LIMITS)[number];
  readonly value: number;
  readonly onValue: (value: number) => void;
}): JSX.Element {
  const t = useText();
  const [text, setText] = useState(number(props.value));
  const [bad, setBad] = useState(false);
  const take = (): void => {
    const value = parseWhole(text);
    const fine = value !== null && value >= 1;
    setBad(!fine);
    if (!fine) return;
    setText(number(value));
    if (value !== props.value) props.onValue(value);
  };
  return (
    <label className="lset">
      <span>{t(`ladder.${props.name}`)}</span>
      <span className={bad ? 'field bad' : 'field'}>
        <input
          className="num num-in"
          value={text}
          aria-invalid={bad}
          data-testid={`ladder-${props.name}`}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) take();
          }}
        />
      </span>
      {bad && <em role="alert">{t('ladder.badNumber')}</em>}
    </label>
  );
}

function Settings({ settings }: { readonly settings: LadderSettings }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { panelId } = usePanel();
  const { realSend } = useLadder(panelId);
  const environment = useCore((state) => state.environment);
  const save = (change: Partial<LadderSettings>): void =>
    void workstation.act(() =>
      workstation.documents.save('preset', LADDER_PRESET, { ladder: { ...settings, ...change } }),
    );
  return (
    <div className="lsets" role="group" aria-label={t('ladder.settings')} data-testid="ladder-settings-box">
      {LIMITS.map((name) => (
        <LimitField key={name} name={name} value={settings[name]} onValue={(value) => save({ [name]: value })} />
      ))}
      <label className="lset">
        <span>{t('ladder.by')}</span>
        <Segment
          label={t('ladder.by')}
          choices={(['single', 'double'] as const).map((value) => ({ value, label: t(`ladder.by.${value}`) }))}
          value={settings.by}
          onChange={(by) => save({ by })}
          testId="ladder-by"
        />
      </label>
      <label className="lset">
        <span>{t('ladder.over')}</span>
        <Segment
          label={t('ladder.over')}
          choices={(['refuse', 'ask'] as const).map((value) => ({ value, label: t(`ladder.over.${value}`) }))}
          value={settings.over}
          onChange={(over) => save({ over })}
          testId="ladder-over"
        />
      </label>
      {environment === 'real' && (
        <label className="lset">
          <input
            type="checkbox"
            checked={realSend}
            data-testid="ladder-real-send"
            onChange={(event) => setLadder(panelId, { realSend: event.target.checked })}
          />
          <span>{t('ladder.realSend')}</span>
        </label>
      )}
    </div>
  );
}

export function LadderFoot(props: {
  readonly press: PressState;
  readonly own: readonly Order[];
  readonly instrumentId: string;
  /** What the phase makes of the ladder; null: nothing out of the ordinary. */
  readonly note: string | null;
}): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const [open, setOpen] = useState(false);
  const { looksOnly } = usePanel();
  const { press, own } = props;
  const { settings, asked } = press;
  const by = t(`ladder.by.${settings.by}`);
  const says =
    settings.act === 'send' && !press.sends
      ? t('ladder.says.sendOff')
      : t(`ladder.says.${settings.act}`, { by, quantity: number(settings.quantity) });
  const cancelSide = (side: 'buy' | 'sell'): void => {
    for (const order of cancellable(own)) if (order.side === side) workstation.cancelOrder(order.orderId);
  };
  if (looksOnly) return props.note === null ? null : <p className="lsay">{props.note}</p>;
  return (
    <div className="lact" data-testid="ladder-foot">
      {press.submit.lost && (
        <LostNote
          lost={press.submit.lost}
          onAskAgain={press.submit.askAgain}
          onGiveUp={press.submit.giveUp}
          testId="ladder"
        />
      )}
      {asked && (
        <div className="lask" role="alertdialog" aria-label={t('ladder.settings')} data-testid="ladder-ask">
          <p>
            {asked.decision.kind === 'send'
              ? t(asked.decision.ask === 'unknown' ? 'ladder.askUnknown' : 'ladder.askSend', {
                  side: t(`side.${asked.decision.side}`),
                  quantity: number(asked.decision.quantity),
                  price: issueMoney(asked.price, props.instrumentId),
                })
              : t(asked.decision.ask === 'carried' ? 'ladder.askCarried' : 'ladder.askMove', {
                  quantity: number(asked.decision.orders.reduce((sum, order) => sum + restOf(order), 0)),
                  price: issueMoney(asked.price, props.instrumentId),
                })}
          </p>
          <button type="button" className="btn sm" data-testid="ladder-yes" onClick={() => press.answer(true)}>
            {t('ladder.askYes')}
          </button>
          <button type="button" className="btn sm" data-testid="ladder-no" onClick={() => press.answer(false)}>
            {t('ladder.askNo')}
          </button>
        </div>
      )}
      {press.carried && (
        <p className="lstop carried" role="status" data-testid="ladder-carried">
          {t('ladder.carried', {
            side: t(`side.${press.carried.side}`),
            from: issueMoney(press.carried.from, props.instrumentId),
            to: issueMoney(press.carried.to, props.instrumentId),
          })}
        </p>
      )}
      {press.stopped !== null && (
        <p className="lstop" role="alert" data-testid="ladder-stopped">
          <b>{t('ladder.stopped')}</b> {t(press.stopped)}
        </p>
      )}
      {open && <Settings settings={settings} />}
      <div className="lfoot">
        <Select
          label={t('ladder.click')}
          value={settings.act}
          choices={LADDER_ACTS.map((value) => ({ value, label: t(`ladder.do.${value}`) }))}
          onChange={(value) => {
            const act = LADDER_ACTS.find((each) => each === value);
            if (act)
              void workstation.act(() =>
                workstation.documents.save('preset', LADDER_PRESET, { ladder: { ...settings, act } }),
              );
          }}
          testId="ladder-act"
        />
        <span className="sp" />
        {(['sell', 'buy'] as const).map((side) => (
          <button
            key={side}
            type="button"
            className="btn sm"
            disabled={!press.cancels || !cancellable(own).some((order) => order.side === side)}
            data-testid={`ladder-cancel-${side}`}
            onClick={() => cancelSide(side)}
          >
            {t(side === 'sell' ? 'ladder.cancelAsks' : 'ladder.cancelBids')}
          </button>
        ))}
        <button
          type="button"
          className="btn sm"
          aria-expanded={open}
          aria-label={t('ladder.settings')}
          title={t('ladder.guard', { quantity: number(settings.maxQuantity), ticks: settings.maxTicks })}
          data-testid="ladder-settings"
          onClick={() => setOpen(!open)}
        >
          <Icon name="shield" size="sm" />
        </button>
      </div>
      <p className="lsay" data-testid="ladder-says">
        {props.note !== null && `${props.note} `}
        {says}{' '}
        {settings.act === 'send' || settings.act === 'move'
          ? t('ladder.guard', { quantity: number(settings.maxQuantity), ticks: settings.maxTicks })
          : ''}
      </p>
    </div>
  );
}
