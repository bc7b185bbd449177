/** The form of a screen: markets, one line a condition with how many issues it leaves, and the expression. */
import type { JSX } from 'react';
import {
  COMPARISONS,
  EXPRESSION_LIMIT,
  FIELD_UNITS,
  figureFrom,
  SCREEN_FIELDS,
  type Mistake,
} from '#shared/market/index.ts';
import { CONDITIONS_LIMIT } from '#shared/domain/index.ts';
import { useView } from '../../../store/view.ts';
import { useText, type Translate } from '../../../text/index.ts';
import { IconButton, Select, TextField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { lineOf, lineText, setScreen, type Line, type ScreenDraft } from '../slice.ts';

/** A mistake as a sentence, with where it is. */
export function mistakeText(t: Translate, { code, at, word }: Mistake): string {
  return t('screen.mistakeAt', { at: at + 1, what: t(`screen.mistake.${code}`, { word, limit: EXPRESSION_LIMIT }) });
}

const MARKETS = ['KOSPI', 'KOSDAQ'] as const;

function MarketBoxes({ draft }: { readonly draft: ScreenDraft }): JSX.Element {
  const t = useText();
  return (
    <span className="row" role="group" aria-label={t('board.market')}>
      {MARKETS.map((market) => (
        <label key={market} className="tick">
          <input
            type="checkbox"
            checked={draft.markets.includes(market)}
            data-testid={`screen-market-${market}`}
            onChange={(event) =>
              setScreen({
                markets: event.target.checked
                  ? [...draft.markets, market]
                  : draft.markets.filter((each) => each !== market),
              })
            }
          />
          {t(`market.${market}`)}
        </label>
      ))}
      {draft.markets.length === 0 && <span className="mut">{t('screen.allMarkets')}</span>}
    </span>
  );
}

function LineRow(props: {
  readonly line: Line;
  readonly at: number;
  readonly left: number | null;
  readonly onChange: (line: Line | null) => void;
}): JSX.Element {
  const { line, at, left, onChange } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const field = SCREEN_FIELDS.find((each) => each === line.field);
  const name = t('screen.line', { at: at + 1 });
  return (
    <div className="scond" data-testid={`screen-line-${at}`}>
      <Select
        label={`${name} ${t('screen.field')}`}
        value={line.field}
        choices={SCREEN_FIELDS.map((value) => ({ value, label: t(`field.${value}`) }))}
        onChange={(value) => onChange({ ...line, field: value })}
        testId={`screen-field-${at}`}
      />
      <Select
        label={`${name} ${t('screen.comparison')}`}
        value={line.comparison}
        choices={COMPARISONS.map((value) => ({ value, label: t(`screen.is.${value}`) }))}
        onChange={(value) =>
          onChange({ ...line, comparison: COMPARISONS.find((each) => each === value) ?? line.comparison })
        }
        testId={`screen-is-${at}`}
      />
      <TextField
        label={`${name} ${t('screen.value')}`}
        text={lineText(line.text, language)}
        invalid={figureFrom(line.text) === null}
        maxLength={24}
        unit={field ? t(`unitof.${FIELD_UNITS[field]}`) : ''}
        onText={(text) => onChange({ ...line, text })}
        testId={`screen-value-${at}`}
      />
      <span className="num mut left" title={t('screen.leftHint')}>
        {left === null ? '' : number(left)}
      </span>
      <IconButton
        icon="x"
        label={`${name} ${t('screen.drop')}`}
        onClick={() => onChange(null)}
        testId={`screen-drop-${at}`}
      />
    </div>
  );
}

export function ScreenForm(props: {
  readonly draft: ScreenDraft;
  /** Issues left after the markets and after each condition; null while the screen cannot be run. */
  readonly left: readonly number[] | null;
  readonly mistake: Mistake | null;
  readonly problem: string | null;
}): JSX.Element {
  const { draft, left, mistake, problem } = props;
  const t = useText();
  const change = (key: number, line: Line | null): void =>
    setScreen({
      lines: draft.lines.flatMap((each) => (each.key !== key ? [each] : line === null ? [] : [line])),
    });
  return (
    <div className="sform">
      <div className="row">
        <MarketBoxes draft={draft} />
        <span className="sp" />
        <button
          type="button"
          className="btn sm"
          disabled={draft.lines.length >= CONDITIONS_LIMIT}
          data-testid="screen-add"
          onClick={() => setScreen({ lines: [...draft.lines, lineOf({ field: 'change', comparison: '>=' }, '0')] })}
        >
          <Icon name="plus" size="sm" />
          {t('screen.add')}
        </button>
      </div>
      <div className="slines">
        {draft.lines.map((line, at) => (
          <LineRow
            key={line.key}
            line={line}
            at={at}
            left={left?.[at + 1] ?? null}
            onChange={(next) => change(line.key, next)}
          />
        ))}
      </div>
      <TextField
        label={t('screen.expression')}
        text={draft.expression}
        placeholder="change > 3 and volume > 2 * avgVolume20"
        invalid={mistake !== null}
        maxLength={EXPRESSION_LIMIT}
        onText={(expression) => setScreen({ expression })}
        testId="screen-expression"
      />
      <div
        className={problem === null ? 'mut' : 'bad'}
        role={problem === null ? undefined : 'alert'}
        data-testid="screen-problem"
      >
        {problem ?? t('screen.hint')}
        {mistake !== null && mistake.at <= draft.expression.length && (
          <code aria-hidden="true">
            {draft.expression.slice(0, mistake.at)}
            <mark>{draft.expression.slice(mistake.at, mistake.at + Math.max(1, mistake.length)) || '⌴'}</mark>
            {draft.expression.slice(mistake.at + Math.max(1, mistake.length))}
          </code>
        )}
      </div>
    </div>
  );
}
