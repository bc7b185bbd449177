/** Levels of the order presets on the screen: where a change is kept, and where a value comes from. */
import type { JSX } from 'react';
import { PRESET_LEVELS, type PresetLevel } from '#shared/domain/index.ts';
import { useText } from '../text/index.ts';
import { Segment } from './controls.tsx';
import { Icon } from './icons.tsx';

/** Where the next change is kept: for all issues, for the market of this one, or for it alone. */
export function LevelChoice(props: {
  readonly level: PresetLevel;
  /** Name of the market; null: not known, nothing can be kept for it. */
  readonly market: string | null;
  readonly testId: string;
  readonly onLevel: (level: PresetLevel) => void;
}): JSX.Element {
  const t = useText();
  return (
    <div className="lset lvl">
      <span>{t('preset.keep')}</span>
      <Segment
        label={t('preset.keep')}
        choices={PRESET_LEVELS.map((value) => ({
          value,
          label: value === 'market' ? (props.market ?? t('preset.level.market')) : t(`preset.level.${value}`),
          disabled: value === 'market' && props.market === null,
          title: t(`preset.levelHint.${value}`),
        }))}
        value={props.level}
        onChange={props.onLevel}
        testId={props.testId}
      />
    </div>
  );
}

/** Says which level a value comes from, what a nearer level says instead, and takes it out of the level shown. */
export function PresetFrom(props: {
  /** undefined: no level says anything. */
  readonly from: PresetLevel | undefined;
  readonly level: PresetLevel;
  /** What holds for the issue, in words, where a nearer level says something else; null: nothing nearer does. */
  readonly nearer: string | null;
  readonly testId: string;
  readonly onClear: () => void;
}): JSX.Element {
  const t = useText();
  const { from, level, nearer } = props;
  return (
    <span className="lfrom" data-testid={props.testId}>
      {t(from === undefined ? 'preset.from.none' : `preset.from.${from}`)}
      {nearer !== null && ` · ${t('preset.nearer', { value: nearer })}`}
      {from === level && (
        <button
          type="button"
          aria-label={t('preset.clear')}
          title={t('preset.clear')}
          data-testid={`${props.testId}-clear`}
          onClick={props.onClear}
        >
          <Icon name="x" size="sm" />
        </button>
      )}
    </span>
  );
}
