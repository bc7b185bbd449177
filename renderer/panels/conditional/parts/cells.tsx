/** Cells of the list of mandates that are more than a text. */
import { type JSX, useState } from 'react';
import { priceUnitOf, isStanding, type Mandate, type MandateState, type MandateTrigger } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useQuote } from '../../../client/hooks.ts';
import { distanceTo } from '../../../client/mandates.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { stepPrice, tableOf } from '../../../client/price-steps.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { MenuButton, NumberField } from '../../../ui/controls.tsx';
import { priceWord } from '../../../ui/issue-units.ts';
import { money, parseMoney, signedMoney } from '../../../ui/money.ts';
import { percent, UNKNOWN } from '../../../ui/format.ts';

const CHIP: Readonly<Record<MandateState, string>> = {
  waiting: 'chip',
  armed: 'chip line',
  fired: 'chip ok',
  cancelled: 'chip dis',
  expired: 'chip dis',
  failed: 'chip high',
};

export function MandateStateCell({ mandate }: { readonly mandate: Mandate }): JSX.Element {
  const t = useText();
  const { state, reason } = mandate;
  return (
    <span className="state">
      <span className={reason && state === 'armed' ? 'chip mid' : CHIP[state]}>{t(`mandate.state.${state}`)}</span>
      {reason && (
        <span className="l el" title={`${reason.messageKo} ${reason.actionKo} (${reason.code})`}>
          {reason.messageKo}
        </span>
      )}
    </span>
  );
}

/** What the price still has to go. */
export function DistanceCell({ mandate }: { readonly mandate: Mandate }): JSX.Element | null {
  const standing = isStanding(mandate.state);
  const quote = useQuote(standing ? mandate.instrumentId : null);
  if (!standing) return null;
  const away = distanceTo(mandate, quote?.last ?? quote?.base);
  if (!away) return <span className="num">{UNKNOWN}</span>;
  return (
    <span className="num">
      {signedMoney(away.amount, priceUnitOf(mandate.instrumentId))}{' '}
      <span className="l">{percent(away.share * 100)}</span>
    </span>
  );
}

/** Another price for the trigger, moved by ticks. */
function ReviseForm(props: {
  readonly mandate: Mandate;
  readonly trigger: Extract<MandateTrigger, { readonly kind: 'price' }>;
  readonly close: () => void;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { mandate, trigger } = props;
  const instrument = useInstruments((state) => state.byId.get(mandate.instrumentId));
  const unit = priceUnitOf(mandate.instrumentId);
  const [text, setText] = useState(money(trigger.price, unit));
  const price = parseMoney(text, unit);
  const table = tableOf(instrument, mandate.expires);
  const valid = price !== null && price > 0 && price !== trigger.price;
  const send = async (): Promise<void> => {
    if (!valid) return;
    const { mandateId } = mandate;
    const revised = await workstation.act((client) =>
      client.trading.reviseMandate({ mandateId, trigger: { ...trigger, price }, price: mandate.price }),
    );
    if (revised) props.close();
  };
  return (
    <div className="replace">
      <NumberField
        label={t('mandate.newTrigger')}
        text={text}
        unit={priceWord(t, mandate.instrumentId)}
        testId="mandate-price"
        lessLabel={t('ticket.tickDown')}
        moreLabel={t('ticket.tickUp')}
        onText={setText}
        onStep={(steps) => {
          if (table && price !== null) setText(money(stepPrice(table, price, steps), unit));
        }}
        onKey={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (!event.repeat) void send();
        }}
      />
      <button
        type="button"
        className="btn pri"
        disabled={!valid}
        data-testid="mandate-revise-send"
        onClick={() => void send()}
      >
        {t('mandate.revise')}
      </button>
    </div>
  );
}

export function MandateActions({ mandate }: { readonly mandate: Mandate }): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  if (looksOnly || !isStanding(mandate.state)) return null;
  const { mandateId, trigger } = mandate;
  return (
    <span className="act">
      {trigger.kind === 'price' && (
        <MenuButton
          className="btn sm"
          label={t('mandate.revise')}
          testId={`mandate-revise-${mandateId}`}
          kind="form"
          face={t('mandate.revise')}
        >
          {(close) => <ReviseForm mandate={mandate} trigger={trigger} close={close} />}
        </MenuButton>
      )}
      <button
        type="button"
        className="btn sm"
        data-testid={`mandate-revoke-${mandateId}`}
        onClick={() => void workstation.act((client) => client.trading.revokeMandate({ mandateId }))}
      >
        {t('mandate.revoke')}
      </button>
    </span>
  );
}
