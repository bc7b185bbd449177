/** The condition of the ticket: when it sends, what protects what it fills, and where such an order lives. */
import type { JSX } from 'react';
import type { InstrumentId } from '#shared/domain/index.ts';
import type { DraftChange, DraftState } from '../../../store/draft.ts';
import { useText } from '../../../text/index.ts';
import { NumberField, Segment, Select } from '../../../ui/controls.tsx';
import { priceWord } from '../../../ui/issue-units.ts';
import { Icon } from '../../../ui/icons.tsx';
import { conditionSide, trailingField } from './condition.ts';

const MODES = ['now', 'protect', 'wait'] as const;
const LASTS = ['day', 'week', 'month'] as const;
const SENDS = ['market', 'limit'] as const;

/** When the order goes: at once, at once with protection, or when a price is reached. */
export function ModeRow({
  draft,
  onChange,
}: {
  readonly draft: DraftState;
  readonly onChange: (change: DraftChange) => void;
}): JSX.Element {
  const t = useText();
  return (
    <>
      <div className="fr">
        <span className="l">{t('cond.mode')}</span>
        <Segment
          label={t('cond.mode')}
          choices={MODES.map((value) => ({
            value,
            label: t(`cond.mode.${value}`),
            title: t(`cond.mode.${value}Hint`),
            disabled: value === 'protect' && draft.side === 'sell',
          }))}
          value={draft.mode}
          onChange={(mode) => onChange({ mode })}
          testId="ticket-mode"
        />
      </div>
      {draft.mode !== 'now' && (
        <p className="kind" data-testid="ticket-cond-lives">
          <Icon name="clock" size="sm" />
          <span>{t(`cond.lives.${draft.mode}`)}</span>
        </p>
      )}
    </>
  );
}

/** The prices of the condition; steps of the fields go by ticks from where `stepped` begins. */
export function ConditionRows(props: {
  readonly draft: DraftState;
  readonly instrumentId: InstrumentId;
  readonly onChange: (change: DraftChange) => void;
  readonly stepped: (text: string, way: 'below' | 'above', steps: number) => string;
}): JSX.Element {
  const t = useText();
  const { draft, onChange } = props;
  const side = conditionSide(draft);
  const trails = trailingField(side);
  const field = (way: 'below' | 'above'): JSX.Element => {
    const trailing = draft.trailing && way === trails;
    const name = t(trailing ? 'cond.trailing' : `cond.${side}.${way}`);
    const text = way === 'below' ? draft.belowText : draft.aboveText;
    const put = (next: string): void => onChange(way === 'below' ? { belowText: next } : { aboveText: next });
    return (
      <div className="fr">
        <span className="l">{name}</span>
        <NumberField
          label={name}
          text={text}
          unit={t('cond.unitOrPercent', { unit: priceWord(t, props.instrumentId) })}
          placeholder={trailing ? '3%' : way === 'below' ? '−3%' : '+5%'}
          testId={`ticket-${way}`}
          lessLabel={t('ticket.tickDown')}
          moreLabel={t('ticket.tickUp')}
          onText={put}
          onStep={(steps) => {
            if (!trailing) put(props.stepped(text, way, steps));
          }}
        />
      </div>
    );
  };
  return (
    <>
      {field('below')}
      {field('above')}
      <div className="fr">
        <span className="l">{t('cond.sends')}</span>
        <span className="two">
          <Select
            label={t('cond.sends')}
            value={draft.sendsAs}
            choices={SENDS.map((value) => ({ value, label: t(`cond.sends.${value}`) }))}
            onChange={(value) => onChange({ sendsAs: SENDS.find((each) => each === value) ?? 'market' })}
            testId="ticket-sends-as"
          />
          <Select
            label={t('cond.lasts')}
            value={draft.lasts}
            choices={LASTS.map((value) => ({ value, label: t(`cond.lasts.${value}`) }))}
            onChange={(value) => onChange({ lasts: LASTS.find((each) => each === value) ?? 'day' })}
            testId="ticket-lasts"
          />
        </span>
      </div>
      <div className="fr slim">
        <span />
        <label className="note check">
          <input
            type="checkbox"
            checked={draft.trailing}
            data-testid="ticket-trailing"
            onChange={(event) => onChange({ trailing: event.target.checked })}
          />
          {t(side === 'sell' ? 'cond.trailSell' : 'cond.trailBuy')}
        </label>
      </div>
      <div className="fr slim">
        <span />
        <span className="note">{t('cond.oneOnly')}</span>
      </div>
    </>
  );
}
