/** What a future or option is, what of the order closes and what opens, and how much the broker lets be opened. */
import type { JSX } from 'react';
import type { OrderPreview } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';

export function ContractNote(props: {
  readonly preview: OrderPreview | null;
  readonly quantity: number | null;
}): JSX.Element | null {
  const t = useText();
  const contract = props.preview?.contract;
  if (!contract) return null;
  const { multiplierKrw, lastDay, daysLeft, strike, closes, opens, openable } = contract;
  const lines = [
    t('contract.multiplier', { won: number(multiplierKrw) }),
    ...(strike === null ? [] : [t('contract.strike', { strike: (strike / 100).toFixed(2) })]),
    ...(lastDay === null || daysLeft === null
      ? []
      : [daysLeft === 0 ? t('contract.lastDayToday') : t('contract.lastDay', { date: lastDay, count: daysLeft })]),
  ];
  return (
    <>
      <div className="fr slim" data-testid="ticket-contract">
        <span className="l">{t('contract.terms')}</span>
        <span className="note num">{lines.join(' · ')}</span>
      </div>
      <div className="fr slim" data-testid="ticket-opens">
        <span className="l">{t('contract.effect')}</span>
        <span className="note num">
          {props.quantity === null ? '' : `${t('contract.split', { closes: number(closes), opens: number(opens) })} · `}
          {openable === null ? t('contract.openableUntold') : t('contract.openable', { count: number(openable) })}
        </span>
      </div>
    </>
  );
}
