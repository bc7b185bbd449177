/** One detector in full: formula, warm-up, inputs, plays, and a field for each figure with its unit and range. */
import { type JSX, useState } from 'react';
import type { DetectorRow } from '#shared/domain/index.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { translate } from '../../../text/index.ts';
import { NumberField } from '../../../ui/controls.tsx';
import { figure } from './evidence.tsx';
import { useWords } from './words.ts';

type Param = DetectorRow['params'][number];

/** What was typed as a figure: digits with an optional sign and fraction, commas ignored; null: it is none. */
export function readFigure(text: string): number | null {
  const plain = text.trim().replaceAll(',', '').replace('−', '-');
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Whether a figure may stand. */
export function fits(value: number | null, { min, max }: Pick<Param, 'min' | 'max'>): value is number {
  return value !== null && value >= min && value <= max;
}

/** A step up or down from what is typed, held within the range; a fraction is not left by the sum. */
export function stepped(text: string, steps: number, { min, max, step, initial }: Param): string {
  const from = readFigure(text) ?? initial;
  const places = 6;
  return figureText(Math.min(max, Math.max(min, Number((from + steps * step).toFixed(places)))));
}

/** As it stands in its field: every digit, no grouping. */
export function figureText(value: number): string {
  return String(value);
}

/** Only what differs from the shipped figures is kept, so that a better shipped one comes through. */
export function changedFigures(
  params: readonly { readonly id: string; readonly initial: number; readonly value: number }[],
): Record<string, number> {
  return Object.fromEntries(params.flatMap(({ id, initial, value }) => (value === initial ? [] : [[id, value]])));
}

const UNITS = ['percent', 'times', 'seconds', 'minutes', 'count', 'ticks', 'won', 'sd'] as const;

function Field(props: {
  readonly param: Param;
  readonly text: string;
  readonly disabled: boolean;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { param, text } = props;
  const name = words.of(param.labelKo, param.labelEn);
  // Detectors name their units in Korean.
  const unitKey = UNITS.find((each) => each === param.unit || translate('ko', `threats.unit.${each}`) === param.unit);
  const unit = unitKey === undefined ? param.unit : t(`threats.unit.${unitKey}`);
  const bad = !fits(readFigure(text), param);
  const hintId = `figure-hint-${param.id}`;
  const shipped = figureText(param.initial);
  return (
    <div className="thr-figure" data-testid={`figure-row-${param.id}`}>
      <span>{name}</span>
      <NumberField
        label={name}
        text={text}
        unit={unit}
        disabled={props.disabled}
        invalid={bad}
        describedBy={hintId}
        testId={`figure-${param.id}`}
        lessLabel={t('threats.less', { name })}
        moreLabel={t('threats.moreOf', { name })}
        onText={props.onText}
        onStep={(steps) => props.onText(stepped(text, steps, param))}
      />
      <span className={bad ? 'err' : 'l'} id={hintId} role={bad ? 'alert' : undefined}>
        {t(bad ? 'threats.outOfRange' : 'threats.range', { min: figure(param.min), max: figure(param.max), unit })}
      </span>
      {!props.disabled && (
        <button
          type="button"
          className="btn sm"
          disabled={text === shipped}
          data-testid={`figure-reset-${param.id}`}
          onClick={() => props.onText(shipped)}
        >
          {t('threats.shipped', { value: figure(param.initial) })}
          <span className="sr">{name}</span>
        </button>
      )}
    </div>
  );
}

export function DetectorForm(props: {
  readonly row: DetectorRow;
  /** false: it was not kept, and what was typed stays. */
  readonly onSave: (params: Record<string, number>) => Promise<boolean>;
}): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { looksOnly } = usePanel();
  const { row } = props;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const textOf = (param: Param): string => texts[param.id] ?? figureText(param.value);
  const figures = row.params.map((param) => ({ ...param, value: readFigure(textOf(param)) }));
  const valid = figures.every((each) => fits(each.value, each));
  const changed = row.params.some((param, at) => figures[at]?.value !== param.value);
  const save = (): void => {
    if (!valid || saving) return;
    setSaving(true);
    void props
      .onSave(changedFigures(figures.map(({ id, initial, value }) => ({ id, initial, value: value ?? initial }))))
      .finally(() => setSaving(false));
  };
  const shipAll = (): void =>
    setTexts(Object.fromEntries(row.params.map(({ id, initial }) => [id, figureText(initial)])));
  return (
    <form
      className="thr-form"
      data-testid="detector-form"
      aria-label={words.of(row.nameKo, row.nameEn)}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3>
        <span className="num">{row.id}</span> {words.of(row.nameKo, row.nameEn)}
      </h3>
      <p>{words.of(row.formulaKo, row.formulaEn)}</p>
      <dl>
        <dt className="l">{t('threats.warmUp')}</dt>
        <dd>{words.of(row.warmUpKo, row.warmUpEn)}</dd>
        <dt className="l">{t('threats.inputs')}</dt>
        <dd>
          {row.inputs.join(', ')}
          {row.state === 'noInput' && <span className="highc"> {t('threats.noInputHint')}</span>}
          {row.state === 'broken' && <span className="highc"> {t('threats.brokenHint')}</span>}
        </dd>
        <dt className="l">{t('threats.playsOf')}</dt>
        <dd>{row.plays.map((play) => `${play} ${words.play(play)}`).join(', ')}</dd>
      </dl>
      {row.params.length === 0 ? (
        <p className="l">{t('threats.noFigures')}</p>
      ) : (
        row.params.map((param) => (
          <Field
            key={param.id}
            param={param}
            text={textOf(param)}
            disabled={looksOnly || saving}
            onText={(text) => setTexts((old) => ({ ...old, [param.id]: text }))}
          />
        ))
      )}
      {!looksOnly && row.params.length > 0 && (
        <div className="acts">
          <span className="l" role="status">
            {changed ? t('threats.unsaved') : ''}
          </span>
          <span className="sp" />
          <button type="button" className="btn" disabled={saving} data-testid="detector-ship" onClick={shipAll}>
            {t('threats.shipAll')}
          </button>
          <button type="submit" className="btn pri" disabled={!valid || !changed || saving} data-testid="detector-save">
            {t('threats.save')}
          </button>
        </div>
      )}
    </form>
  );
}
