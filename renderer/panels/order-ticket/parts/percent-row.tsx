/** Price by percent from the last price, the previous close or the average of what is held, put on a valid tick. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { TickTable } from '#shared/market/index.ts';
import { roundToTick } from '#shared/market/index.ts';
import { useText } from '../../../text/index.ts';
import { Select } from '../../../ui/controls.tsx';
import { percentAway } from './entry.ts';

const FROM = ['last', 'base', 'average'] as const;
/** Tenths of a percent. */
const STEPS = [-30, -10, -5, 5, 10, 30] as const;

export function PercentRow(props: {
  readonly from: Readonly<Record<(typeof FROM)[number], number | null>>;
  readonly table: TickTable | null;
  readonly onPick: (price: number) => void;
}): JSX.Element {
  const t = useText();
  const [of, setOf] = useState<(typeof FROM)[number]>('last');
  const from = props.from[of];
  const { table } = props;
  return (
    <div className="fr">
      <span className="l">{t('ticket.percent')}</span>
      <span className="pctrow">
        <Select
          label={t('ticket.percentFrom')}
          value={of}
          choices={FROM.filter((value) => props.from[value] !== null).map((value) => ({
            value,
            label: t(`ticket.from.${value}`),
          }))}
          onChange={(value) => setOf(FROM.find((each) => each === value) ?? 'last')}
          testId="ticket-percent-from"
        />
        <span className="q4">
          {STEPS.map((tenths) => (
            <button
              key={tenths}
              type="button"
              className="num"
              disabled={from === null || table === null}
              data-testid={`ticket-percent-${tenths}`}
              onClick={() => {
                // Rounded towards the safe side of the base: never further away than asked.
                if (from !== null && table !== null)
                  props.onPick(roundToTick(table, percentAway(from, tenths), tenths > 0 ? 'down' : 'up'));
              }}
            >
              {`${tenths > 0 ? '+' : '−'}${Math.abs(tenths) / 10}`}
            </button>
          ))}
        </span>
      </span>
    </div>
  );
}
