/** Settings of the ladder's presses and of the guard against a slip: each value with the level it comes from, changed at the level chosen. */
import type { JSX } from 'react';
import { useState } from 'react';
import { currencyOf, LadderSettings, PRESET_LEVELS, presetAt, type PresetLevel } from '#shared/domain/index.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import type { Presets } from '../../../client/presets.ts';
import { useCore } from '../../../store/core.ts';
import { type Translate, useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { parseWhole } from '../../../ui/parse.ts';
import { LevelChoice, PresetFrom } from '../../../ui/preset-level.tsx';
import { setLadder, useLadder } from '../slice.ts';

const LIMITS = ['quantity', 'maxQuantity', 'maxAmount', 'maxTicks'] as const;
type Field = keyof LadderSettings;

/** A value in words. */
function shown(t: Translate, field: Field, settings: LadderSettings, instrumentId: string): string {
  if (field === 'by') return t(`ladder.by.${settings.by}`);
  if (field === 'over') return t(`ladder.over.${settings.over}`);
  if (field === 'act') return t(`ladder.do.${settings.act}`);
  return field === 'maxAmount' ? money(settings.maxAmount, currencyOf(instrumentId)) : number(settings[field]);
}

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
    const fine = value !== null && LadderSettings.shape[props.name].safeParse(value).success;
    setBad(!fine);
    if (!fine) return;
    setText(number(value));
    if (value !== props.value) props.onValue(value);
  };
  return (
    <>
      <span className={bad ? 'field bad' : 'field'}>
        <input
          className="num num-in"
          aria-label={t(`ladder.${props.name}`)}
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
    </>
  );
}

export function LadderSettingsBox(props: { readonly presets: Presets; readonly instrumentId: string }): JSX.Element {
  const t = useText();
  const { presets, instrumentId } = props;
  const { chain, market } = presets;
  const { panelId } = usePanel();
  const { realSend } = useLadder(panelId);
  const environment = useCore((state) => state.environment);
  // Opened where the nearest word was said, so that a change is one that holds.
  const [level, setLevel] = useState<PresetLevel>(
    () => PRESET_LEVELS.findLast((each) => Object.keys(chain[each]?.ladder ?? {}).length > 0) ?? 'global',
  );
  const { values, from } = presetAt(chain, 'ladder', level);
  const here = LadderSettings.parse(values);
  const near = presetAt(chain, 'ladder').from;
  const save = (change: Parameters<typeof presets.save<'ladder'>>[2]): void => presets.save(level, 'ladder', change);
  const comes = (field: Field): JSX.Element => (
    <PresetFrom
      from={from[field]}
      level={level}
      nearer={near[field] === from[field] ? null : shown(t, field, presets.ladder, instrumentId)}
      testId={`ladder-from-${field}`}
      onClear={() => save({ [field]: undefined })}
    />
  );
  return (
    <div className="lsets" role="group" aria-label={t('ladder.settings')} data-testid="ladder-settings-box">
      <LevelChoice
        level={level}
        market={market === null ? null : t(`market.${market}`)}
        testId="ladder-level"
        onLevel={setLevel}
      />
      {LIMITS.map((name) => (
        <div key={name} className="lset">
          <span>{t(`ladder.${name}`)}</span>
          {comes(name)}
          <LimitField
            key={`${level}-${here[name]}`}
            name={name}
            value={here[name]}
            onValue={(value) => save({ [name]: value })}
          />
        </div>
      ))}
      <div className="lset">
        <span>{t('ladder.by')}</span>
        {comes('by')}
        <Segment
          label={t('ladder.by')}
          choices={(['single', 'double'] as const).map((value) => ({ value, label: t(`ladder.by.${value}`) }))}
          value={here.by}
          onChange={(by) => save({ by })}
          testId="ladder-by"
        />
      </div>
      <div className="lset">
        <span>{t('ladder.over')}</span>
        {comes('over')}
        <Segment
          label={t('ladder.over')}
          choices={(['refuse', 'ask'] as const).map((value) => ({ value, label: t(`ladder.over.${value}`) }))}
          value={here.over}
          onChange={(over) => save({ over })}
          testId="ladder-over"
        />
      </div>
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
