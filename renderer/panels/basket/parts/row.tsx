/** One order of a basket: its fields, what the guard says of it, and what became of it. */
import { type JSX, useEffect, useState } from 'react';
import { type BasketOutcome, type BasketVerdict, priceUnitOf, type PlannedOrder } from '#shared/domain/index.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, Segment } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { money, parseMoney } from '../../../ui/money.ts';
import { parseWhole } from '../../../ui/parse.ts';

/** A number that is taken over when the field is left; what is no number stays where it is, and is said. */
function Amount(props: {
  readonly label: string;
  readonly value: number | null;
  readonly read: (text: string) => number | null;
  readonly show: (value: number) => string;
  readonly disabled?: boolean;
  readonly testId: string;
  readonly onValue: (value: number | null) => void;
}): JSX.Element {
  const { value, read, show } = props;
  const shown = value === null ? '' : show(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const typed = text.trim();
  const wrong = typed !== '' && read(typed) === null;
  const leave = (): void => {
    if (typed === '') props.onValue(null);
    else if (!wrong) props.onValue(read(typed));
  };
  return (
    <input
      className={wrong ? 'field num bad' : 'field num'}
      aria-label={props.label}
      aria-invalid={wrong}
      value={text}
      disabled={props.disabled}
      inputMode="numeric"
      data-testid={props.testId}
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
    />
  );
}

function Said(props: { readonly verdict: BasketVerdict | null; readonly outcome: BasketOutcome | null }): JSX.Element {
  const t = useText();
  const { verdict, outcome } = props;
  if (outcome && outcome.state !== 'notSent') {
    return (
      <span className={outcome.reason ? 'chip high' : 'chip'} title={outcome.reason?.actionKo ?? ''}>
        {t(`state.${outcome.state}`)} {outcome.reason?.messageKo ?? ''}
      </span>
    );
  }
  if (outcome?.reason) return <span className="chip high">{outcome.reason.messageKo}</span>;
  if (verdict?.denial) {
    return (
      <span role="alert" className="chip high" title={`${verdict.denial.actionKo} (${verdict.denial.code})`}>
        {verdict.denial.messageKo} {verdict.denial.actionKo}
      </span>
    );
  }
  if (outcome) return <span className="chip">{t('basket.notSent')}</span>;
  if (!verdict) return <></>;
  return verdict.warnings.length > 0 ? (
    <span className="chip mid">{verdict.warnings.join(' ')}</span>
  ) : (
    <span className="chip ok">{t('basket.passes')}</span>
  );
}

export function BasketOrder(props: {
  readonly at: number;
  readonly row: PlannedOrder;
  readonly verdict: BasketVerdict | null;
  readonly outcome: BasketOutcome | null;
  readonly locked: boolean;
  readonly onChange: (change: Partial<PlannedOrder>) => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const t = useText();
  const { at, row, locked, onChange } = props;
  const unit = priceUnitOf(row.instrumentId);
  const name = nameOf(row.instrumentId);
  return (
    <tr data-testid={`basket-row-${at}`}>
      <td className="num l">{at + 1}</td>
      <td className="el" title={`${name} ${row.instrumentId}`}>
        {name}
      </td>
      <td>
        <Segment
          label={t('basket.side', { name })}
          choices={(['buy', 'sell'] as const).map((value) => ({ value, label: t(`side.${value}`), disabled: locked }))}
          value={row.side}
          onChange={(side) => onChange({ side })}
          testId={`basket-side-${at}`}
        />
      </td>
      <td>
        <Segment
          label={t('basket.type', { name })}
          choices={(['limit', 'market'] as const).map((value) => ({
            value,
            label: t(`type.${value}`),
            disabled: locked,
          }))}
          value={row.type}
          onChange={(type) => onChange({ type })}
          testId={`basket-type-${at}`}
        />
      </td>
      <td>
        <Amount
          label={t('basket.price', { name })}
          value={row.type === 'market' ? null : row.price}
          read={(text) => parseMoney(text, unit)}
          show={(value) => money(value, unit)}
          disabled={locked || row.type === 'market'}
          testId={`basket-price-${at}`}
          onValue={(price) => onChange({ price: price === 0 ? null : price })}
        />
      </td>
      <td>
        <Amount
          label={t('basket.quantity', { name })}
          value={row.quantity}
          read={parseWhole}
          show={number}
          disabled={locked}
          testId={`basket-quantity-${at}`}
          onValue={(quantity) => onChange({ quantity: quantity === 0 ? null : quantity })}
        />
      </td>
      <td data-testid={`basket-said-${at}`}>
        <Said verdict={props.verdict} outcome={props.outcome} />
      </td>
      <td>
        <IconButton
          icon="x"
          label={t('basket.remove', { name })}
          disabled={locked}
          testId={`basket-remove-${at}`}
          onClick={props.onRemove}
        />
      </td>
    </tr>
  );
}
