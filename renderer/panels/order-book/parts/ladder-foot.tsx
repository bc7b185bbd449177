/** Below the ladder: what a press does, cancelling a whole side, and the question where the guard asks. */
import type { JSX } from 'react';
import { useState } from 'react';
import { LADDER_ACTS, type Order, presetAt } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useText } from '../../../text/index.ts';
import { Select } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { LostNote } from '../../../ui/lost-note.tsx';
import { countText } from '../../../ui/issue-units.ts';
import { issuePrice } from '../../../ui/money.ts';
import { cancellable, restOf } from './decide.ts';
import { LadderSettingsBox } from './ladder-settings.tsx';
import type { PressState } from './use-press.ts';

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
  const { settings, asked, presets } = press;
  const by = t(`ladder.times.${settings.by}`);
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
                  quantity: countText(t, asked.decision.quantity, props.instrumentId),
                  price: issuePrice(asked.price, props.instrumentId),
                })
              : t(asked.decision.ask === 'carried' ? 'ladder.askCarried' : 'ladder.askMove', {
                  quantity: countText(
                    t,
                    asked.decision.orders.reduce((sum, order) => sum + restOf(order), 0),
                    props.instrumentId,
                  ),
                  price: issuePrice(asked.price, props.instrumentId),
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
            from: issuePrice(press.carried.from, props.instrumentId),
            to: issuePrice(press.carried.to, props.instrumentId),
          })}
        </p>
      )}
      {press.stopped !== null && (
        <p className="lstop" role="alert" data-testid="ladder-stopped">
          <b>{t('ladder.stopped')}</b> {t(press.stopped)}
        </p>
      )}
      {open && <LadderSettingsBox presets={press.presets} instrumentId={props.instrumentId} />}
      <div className="lfoot">
        <Select
          label={t('ladder.click')}
          value={settings.act}
          choices={LADDER_ACTS.map((value) => ({ value, label: t(`ladder.do.${value}`) }))}
          onChange={(value) => {
            const act = LADDER_ACTS.find((each) => each === value);
            // Kept where the value in force comes from, so that it is the one that changes.
            if (act) presets.save(presetAt(presets.chain, 'ladder').from.act ?? 'global', 'ladder', { act });
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
