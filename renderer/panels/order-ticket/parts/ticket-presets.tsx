/** Settings of the ticket: what it starts with, each value with the level it comes from. */
import { type JSX, useState } from 'react';
import { PRESET_LEVELS, presetAt, type PresetLevel, type TicketPreset } from '#shared/domain/index.ts';
import type { Presets } from '../../../client/presets.ts';
import { useText } from '../../../text/index.ts';
import { MenuButton, Segment } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { LevelChoice, PresetFrom } from '../../../ui/preset-level.tsx';
import { readEntry } from './entry.ts';

const TYPES = ['limit', 'market'] as const;
const ROUTES = ['KRX', 'NXT', 'SOR'] as const;

/** A first quantity; empty: none. What is no number changes nothing and says so. */
function FirstQuantity(props: {
  readonly value: number | undefined;
  readonly onValue: (value: number | undefined) => void;
}): JSX.Element {
  const t = useText();
  const [text, setText] = useState(props.value === undefined ? '' : number(props.value));
  const entry = readEntry(text, 'quantity');
  const wrong = !entry.ok && entry.fault !== 'empty' ? entry.fault : entry.ok && entry.value === 0 ? 'none' : null;
  const take = (): void => {
    const value = entry.ok ? entry.value : undefined;
    if (wrong === null && value !== props.value) props.onValue(value);
  };
  return (
    <>
      <span className={wrong === null ? 'field' : 'field bad'}>
        <input
          className="num num-in"
          aria-label={t('ticket.preset.quantity')}
          aria-invalid={wrong !== null}
          value={text}
          data-testid="ticket-preset-quantity"
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) take();
          }}
        />
      </span>
      {wrong !== null && <em role="alert">{t(`entry.${wrong}`)}</em>}
    </>
  );
}

function Fields({ presets }: { readonly presets: Presets }): JSX.Element {
  const t = useText();
  const { chain, market } = presets;
  const [level, setLevel] = useState<PresetLevel>(
    () => PRESET_LEVELS.findLast((each) => Object.keys(chain[each]?.ticket ?? {}).length > 0) ?? 'global',
  );
  const { values, from } = presetAt(chain, 'ticket', level);
  const near = presetAt(chain, 'ticket');
  const save = (change: { readonly [Field in keyof TicketPreset]?: TicketPreset[Field] | undefined }): void =>
    presets.save(level, 'ticket', change);
  const words = (field: keyof TicketPreset): string => {
    const { quantity, type, route } = near.values;
    if (field === 'quantity') return quantity === undefined ? t('ticket.preset.none') : number(quantity);
    if (field === 'type') return type === undefined ? t('ticket.preset.none') : t(`type.${type}`);
    return route === undefined ? t('ticket.preset.none') : t(`route.${route}`);
  };
  const row = (field: keyof TicketPreset, input: JSX.Element): JSX.Element => (
    <div className="lset">
      <span>{t(`ticket.preset.${field}`)}</span>
      <PresetFrom
        from={from[field]}
        level={level}
        nearer={near.from[field] === from[field] ? null : words(field)}
        testId={`ticket-from-${field}`}
        onClear={() => save({ [field]: undefined })}
      />
      {input}
    </div>
  );
  return (
    <div className="lsets inline" role="group" aria-label={t('ticket.presets')} data-testid="ticket-presets-box">
      <LevelChoice
        level={level}
        market={market === null ? null : t(`market.${market}`)}
        testId="ticket-level"
        onLevel={setLevel}
      />
      {row(
        'quantity',
        <FirstQuantity
          key={`${level}-${values.quantity ?? ''}`}
          value={values.quantity}
          onValue={(quantity) => save({ quantity })}
        />,
      )}
      {row(
        'type',
        <Segment
          label={t('ticket.preset.type')}
          choices={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
          value={values.type ?? null}
          onChange={(type) => save({ type })}
          testId="ticket-preset-type"
        />,
      )}
      {row(
        'route',
        <Segment
          label={t('ticket.preset.route')}
          choices={ROUTES.map((value) => ({ value, label: t(`route.${value}`) }))}
          value={values.route ?? null}
          onChange={(route) => save({ route })}
          testId="ticket-preset-route"
        />,
      )}
      <p className="note">{t('ticket.preset.hint')}</p>
    </div>
  );
}

export function TicketPresets({ presets }: { readonly presets: Presets }): JSX.Element {
  const t = useText();
  return (
    <MenuButton
      className="ib"
      kind="form"
      label={t('ticket.presets')}
      testId="ticket-presets"
      face={<Icon name="gear" size="sm" />}
    >
      {() => <Fields presets={presets} />}
    </MenuButton>
  );
}
