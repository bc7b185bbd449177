/** What is asked before a sheet is read: choices act at once, what is typed when it is done. */
import type { JSX } from 'react';
import { useState } from 'react';
import type { SheetInfo, SheetInput } from '#shared/contract/index.ts';
import { nameOf } from '../../store/instruments.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { Select, TextField } from '../controls.tsx';
import { named } from './cell.ts';

type Values = Readonly<Record<string, string>>;

/** What an input holds before anybody has said anything. */
function startOf(input: SheetInput): string {
  if (input.kind === 'issue') return '';
  return input.kind === 'choice' ? (input.choices[0]?.value ?? '') : input.start;
}

/** Whether an issue is of the market that a sheet is about. */
export function fitsMarket(issue: string | null, market: 'krx' | 'overseas'): issue is string {
  return issue !== null && (market === 'krx') === issue.startsWith('KRX:');
}

/**
 * The inputs of a sheet as they are sent: as typed, else the issue in view, else as they begin. null: an issue is needed,
 * and none is there.
 */
export function paramsOf(info: SheetInfo, typed: Values, issue: string | null): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const input of info.inputs) {
    const linked = input.kind === 'issue' && fitsMarket(issue, input.market) ? issue : '';
    const value = typed[input.id] ?? (input.kind === 'issue' ? linked : startOf(input));
    if (input.kind === 'issue' && value.trim() === '') return null;
    params[input.id] = value;
  }
  return params;
}

export function SheetInputs(props: {
  readonly info: SheetInfo;
  readonly values: Values;
  readonly onValues: (change: Values) => void;
}): JSX.Element | null {
  const { info, values, onValues } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const [draft, setDraft] = useState<Values>({});
  if (info.inputs.length === 0) return null;
  const types = info.inputs.some(({ kind }) => kind !== 'choice');
  const shown = (id: string): string => draft[id] ?? values[id] ?? '';
  const done = (): void => {
    onValues(draft);
    setDraft({});
  };
  return (
    <div className="tbar wrap sheet-inputs">
      {info.inputs.map((input) => {
        const testId = `sheet-input-${input.id}`;
        const label = input.kind === 'issue' ? t('sheet.issue') : named(input, language);
        if (input.kind === 'choice') {
          const choices = input.choices.map((choice) => ({ value: choice.value, label: named(choice, language) }));
          return (
            <label key={input.id} className="sheet-input">
              <span className="l">{label}</span>
              <Select
                label={label}
                value={values[input.id] ?? ''}
                choices={choices}
                onChange={(value) => onValues({ ...draft, [input.id]: value })}
                testId={testId}
              />
            </label>
          );
        }
        const text = shown(input.id);
        return (
          <label key={input.id} className="sheet-input">
            <span className="l">{label}</span>
            <TextField
              label={label}
              text={text}
              placeholder={input.kind === 'issue' ? t(`sheet.issue.${input.market}`) : ''}
              onText={(next) => setDraft({ ...draft, [input.id]: next })}
              onEnter={done}
              maxLength={input.kind === 'text' ? input.max : 20}
              testId={testId}
              {...(input.kind === 'issue' && text.includes(':') && nameOf(text) !== text ? { unit: nameOf(text) } : {})}
            />
          </label>
        );
      })}
      {types && (
        <button type="button" className="btn" onClick={done} data-testid="sheet-ask">
          {t('sheet.ask')}
        </button>
      )}
    </div>
  );
}
