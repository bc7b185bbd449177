/** The fields of the form: what is typed is taken as soon as it fits, and what does not fit says its bounds. */
import { type JSX, type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { ScenarioTime } from '#shared/domain/index.ts';
import { fieldName, movedTime, unitName, valueName, type ScenarioField } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { Select } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { parseWhole } from '../../../ui/parse.ts';

/** A label and what stands beside it. */
export function Row(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly hintId?: string | undefined;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div className="sc-row">
      <span className="l">{props.label}</span>
      <span className="ctl">{props.children}</span>
      {(props.problem ?? props.hint) && (
        <span className={props.problem ? 'hint err' : 'hint'} id={props.hintId} role={props.problem && 'alert'}>
          {props.problem ?? props.hint}
        </span>
      )}
    </div>
  );
}

/** A text that is taken once `read` understands it; until the field is left it stays as it was typed. */
export function TypedField<T>(props: {
  readonly label: string;
  readonly value: string;
  /** undefined: it does not fit. */
  readonly read: (text: string) => T | undefined;
  /** As `value` would show it. */
  readonly write: (value: T) => string;
  readonly onValue: (value: T) => void;
  readonly testId: string;
  readonly hint?: string | undefined;
  readonly problem: string;
  readonly unit?: string;
  readonly placeholder?: string;
  readonly figure?: boolean;
  readonly disabled?: boolean;
  readonly bare?: boolean;
  readonly longest?: number | null;
  readonly onStep?: (steps: number) => void;
}): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const { value, read, write } = props;
  // What was changed elsewhere meanwhile, such as by undo, is shown; what is being typed here stays as it is typed.
  useEffect(
    () =>
      setTyped((old) => {
        const meant = old === null ? undefined : read(old);
        return meant !== undefined && write(meant) === value ? old : null;
      }),
    [value], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const bad = typed !== null && read(typed) === undefined;
  const keyDown = (event: KeyboardEvent): void => {
    if (!props.onStep || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    props.onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
  };
  const field = (
    <span className={bad ? 'field bad' : 'field'}>
      <input
        className={props.figure ? 'num r' : undefined}
        aria-label={props.label}
        aria-invalid={bad}
        aria-describedby={props.hint || bad ? id : undefined}
        value={typed ?? value}
        placeholder={props.placeholder}
        disabled={props.disabled}
        maxLength={props.longest ?? undefined}
        autoComplete="off"
        spellCheck={false}
        data-testid={props.testId}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          const next = read(text);
          if (next !== undefined) props.onValue(next);
        }}
        onKeyDown={keyDown}
        onBlur={() => setTyped(null)}
      />
      {props.unit && <span className="un">{props.unit}</span>}
    </span>
  );
  if (props.bare)
    return (
      <span className="sc-bare" title={bad ? props.problem : props.hint}>
        {field}
        {bad && (
          <span className="sr" id={id} role="alert">
            {props.problem}
          </span>
        )}
        {!bad && props.hint && (
          <span className="sr" id={id}>
            {props.hint}
          </span>
        )}
      </span>
    );
  return (
    <Row label={props.label} hint={props.hint} problem={bad ? props.problem : undefined} hintId={id}>
      {field}
    </Row>
  );
}

/** "−99 ~ 500 %"; undefined: no bounds worth a word. */
function useRange(field: Pick<ScenarioField, 'min' | 'max'>, unit: string): string | undefined {
  const t = useText();
  const { min, max } = field;
  if (min === null || max === null) return undefined;
  return t('scen.range', { min: number(min), max: number(max), unit });
}

/** A figure as it is written: grouped where it is whole. */
const shown = (value: number | null | undefined): string =>
  value === null || value === undefined
    ? ''
    : Number.isInteger(value)
      ? number(value).replace('−', '-')
      : String(value);

/** A figure with its unit and bounds; `null` or undefined shows as an empty field. */
export function FigureField(props: {
  readonly field: Pick<ScenarioField, 'name' | 'kind' | 'min' | 'max' | 'optional' | 'nullable' | 'usual'>;
  readonly label?: string;
  readonly unit?: string;
  readonly value: number | null | undefined;
  readonly onValue: (value: number | null | undefined) => void;
  readonly testId: string;
  readonly disabled?: boolean | undefined;
  readonly bare?: boolean;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { field, value, onValue } = props;
  const unit = (props.unit ?? unitName(field.name, language)).trim();
  const range = useRange(field, unit);
  const fits = (figure: number): boolean =>
    Number.isFinite(figure) &&
    (field.kind !== 'whole' || Number.isSafeInteger(figure)) &&
    figure >= (field.min ?? Number.NEGATIVE_INFINITY) &&
    figure <= (field.max ?? Number.POSITIVE_INFINITY);
  const read = (text: string): number | null | undefined | 'out' => {
    const bare = text.trim().replace('−', '-');
    if (bare === '') return field.nullable ? null : field.optional ? 'out' : undefined;
    const figure = /^-?\d*\.?\d+$/.test(bare.replaceAll(',', '')) ? Number(bare.replaceAll(',', '')) : parseWhole(bare);
    return figure !== null && fits(figure) ? figure : undefined;
  };
  const usual = typeof field.usual === 'number' ? shown(field.usual) : undefined;
  return (
    <TypedField
      label={props.label ?? fieldName(field.name, language)}
      value={shown(value)}
      read={read}
      write={(next) => (next === 'out' ? '' : shown(next))}
      onValue={(next) => onValue(next === 'out' ? undefined : next)}
      testId={props.testId}
      hint={range}
      problem={range === undefined ? t('scen.badFigure') : t('scen.outside', { range })}
      unit={unit}
      {...(usual === undefined ? {} : { placeholder: usual })}
      figure
      disabled={props.disabled ?? false}
      bare={props.bare ?? false}
      onStep={(steps) => {
        const next = (value ?? Number(field.usual ?? field.min ?? 0)) + steps;
        if (fits(next)) onValue(Math.round(next * 1_000) / 1_000);
      }}
    />
  );
}

/** A time of day; arrow keys go by minutes. */
export function TimeField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly testId: string;
  readonly disabled?: boolean | undefined;
  readonly bare?: boolean;
  readonly optional?: boolean;
}): JSX.Element {
  const t = useText();
  return (
    <TypedField
      label={props.label}
      value={props.value}
      read={(text) =>
        (props.optional && text.trim() === '') || ScenarioTime.safeParse(text.trim()).success ? text.trim() : undefined
      }
      write={String}
      onValue={props.onValue}
      testId={props.testId}
      hint={t('scen.timeHint')}
      problem={t('scen.badTime')}
      figure
      disabled={props.disabled ?? false}
      bare={props.bare ?? false}
      onStep={(steps) => {
        if (props.value !== '') props.onValue(movedTime(props.value, steps * 60_000));
      }}
    />
  );
}

/** One of the field's choices, in words. */
export function ChoiceField(props: {
  readonly field: Pick<ScenarioField, 'name' | 'choices' | 'optional'>;
  readonly label?: string;
  readonly value: string | number | undefined;
  /** Words of a choice; those of the schema's values if absent. */
  readonly words?: (choice: string | number) => string;
  /** What leaving it out means. */
  readonly none?: string;
  readonly onValue: (value: string | number | undefined) => void;
  readonly testId: string;
  readonly disabled?: boolean | undefined;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { field, words } = props;
  const label = props.label ?? fieldName(field.name, language);
  const said = (choice: string | number): string => words?.(choice) ?? valueName(String(choice), language);
  return (
    <Row label={label}>
      <Select
        label={label}
        value={props.value === undefined ? '' : String(props.value)}
        choices={[
          ...(field.optional || props.value === undefined ? [{ value: '', label: props.none ?? t('scen.none') }] : []),
          ...field.choices.map((choice) => ({ value: String(choice), label: said(choice) })),
        ]}
        disabled={props.disabled ?? false}
        onChange={(next) => props.onValue(field.choices.find((choice) => String(choice) === next))}
        testId={props.testId}
      />
    </Row>
  );
}

/** Yes or no. */
export function FlagField(props: {
  readonly label: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
  readonly testId: string;
  readonly disabled?: boolean | undefined;
}): JSX.Element {
  return (
    <label className="sc-flag">
      <input
        type="checkbox"
        checked={props.value}
        disabled={props.disabled}
        data-testid={props.testId}
        onChange={(event) => props.onValue(event.target.checked)}
      />
      {props.label}
    </label>
  );
}

/** A free text within its length. */
export function WordsField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly testId: string;
  readonly longest: number | null;
  /** An empty text is one too. */
  readonly optional: boolean;
  readonly disabled?: boolean | undefined;
  /** What else it must be. */
  readonly fits?: (text: string) => boolean;
  readonly hint?: string;
}): JSX.Element {
  const t = useText();
  const { fits, optional } = props;
  return (
    <TypedField
      label={props.label}
      value={props.value}
      read={(text) => ((text.trim() !== '' || optional) && (text === '' || (fits?.(text) ?? true)) ? text : undefined)}
      write={String}
      onValue={props.onValue}
      testId={props.testId}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      problem={props.hint ?? t('scen.empty')}
      longest={props.longest}
      disabled={props.disabled ?? false}
    />
  );
}
