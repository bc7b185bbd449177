/** The form of the market: where it comes from, its days and issues, how lively it is, and the way of the indices. */
import type { JSX } from 'react';
import { IsoDate, type MarketSource, type ScenarioDocument } from '#shared/domain/index.ts';
import { fieldName, kindName, scenarioFields, type ScenarioField } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, Select } from '../../../ui/controls.tsx';
import { FigureField, FlagField, Row, TimeField, WordsField } from './fields.tsx';
import type { FormProps } from './form-event.tsx';
import { FindIssue } from './issue-field.tsx';
import { issueName } from './words.ts';

const KINDS = ['synthetic', 'indexPath', 'replay'] as const;

/** The same days and issues from another source. */
function marketOf(kind: MarketSource['kind'], { market }: ScenarioDocument): Readonly<Record<string, unknown>> {
  const { issues } = market;
  const date = market.kind === 'replay' ? (market.dates[0] ?? '') : market.date;
  if (kind === 'synthetic') return { kind, date, issues };
  if (kind === 'replay') return { kind, dates: [date], issues };
  const flat = [
    { at: '09:00', pct: 0 },
    { at: '15:30', pct: 0 },
  ];
  return { kind, date, issues, days: [{ KOSPI: flat, KOSDAQ: flat }] };
}

const isDate = (text: string): boolean => IsoDate.safeParse(text).success;
const PCT = { name: 'pct', kind: 'number', min: -30, max: 30, optional: false, nullable: false, usual: 0 } as const;

/** The points of one index on one day. */
function PathTable(
  props: FormProps & { readonly day: number; readonly name: 'KOSPI' | 'KOSDAQ'; readonly many: boolean },
): JSX.Element | null {
  const t = useText();
  const language = useView((state) => state.language);
  const { document, locked, change, day, name } = props;
  const { market } = document;
  if (market.kind !== 'indexPath') return null;
  const points = market.days[day]?.[name] ?? [];
  const path = ['market', 'days', day, name] as const;
  const title = `${props.many ? t('scen.dayNth', { day: day + 1 }) : ''} ${fieldName(name, language)}`.trim();
  return (
    <fieldset className="sc-path">
      <legend className="l">{t('scen.pathOf', { name: title })}</legend>
      {points.map((point, at) => (
        <span className="sc-point" key={at}>
          <TimeField
            bare
            label={t('scen.pointTime', { name: title, place: at + 1 })}
            value={point.at}
            onValue={(value) => change([{ path: [...path, at, 'at'], value }])}
            testId={`scen-path-${name}-${day}-${at}-at`}
            disabled={locked}
          />
          <FigureField
            bare
            field={PCT}
            label={t('scen.pointPct', { name: title, place: at + 1 })}
            value={point.pct}
            onValue={(value) => change([{ path: [...path, at, 'pct'], value }])}
            testId={`scen-path-${name}-${day}-${at}-pct`}
            disabled={locked}
          />
          <IconButton
            icon="x"
            size="sm"
            label={t('scen.removePoint', { name: title, place: at + 1 })}
            disabled={locked || points.length < 2}
            onClick={() => change([{ path: [...path, at], value: undefined }])}
          />
        </span>
      ))}
      <button
        type="button"
        className="btn sm"
        disabled={locked}
        data-testid={`scen-path-${name}-${day}-add`}
        onClick={() => {
          const last = points.at(-1) ?? { at: '09:00', pct: 0 };
          const next = { at: points.length === 0 ? '09:00' : later(last.at), pct: last.pct };
          change([
            points.length === 0 ? { path: [...path], value: [next] } : { path: [...path, points.length], value: next },
          ]);
        }}
      >
        {t('scen.addPoint')}
      </button>
    </fieldset>
  );
}

/** A point ten minutes on, still within the day. */
function later(at: string): string {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const total = Math.min(19 * 60 + 59, hours * 60 + minutes + 10);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

/** The issues that are traded. */
function Issues({ document, locked, change }: FormProps): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { issues } = document.market;
  return (
    <Row label={fieldName('issues', language)} hint={t('scen.issuesCount', { count: issues.length })}>
      <div className="sc-chips">
        {issues.map((code, at) => (
          <span className="chip line" key={`${code}-${at}`}>
            {issueName(code)}
            <IconButton
              icon="x"
              size="sm"
              label={t('scen.removeIssue', { name: issueName(code) })}
              disabled={locked || issues.length < 2}
              onClick={() => change([{ path: ['market', 'issues', at], value: undefined }])}
            />
          </span>
        ))}
        {!locked && (
          <FindIssue
            label={t('scen.addIssue')}
            testId="scen-issue-add"
            onCode={(code) => {
              if (!issues.includes(code)) change([{ path: ['market', 'issues', issues.length], value: code }]);
            }}
          />
        )}
      </div>
    </Row>
  );
}

const BETA = {
  name: 'betas',
  kind: 'number',
  min: -3,
  max: 5,
  optional: true,
  nullable: false,
  usual: undefined,
} as const;

/** How strongly issues follow their index. */
function Betas({ document, locked, change }: FormProps): JSX.Element | null {
  const language = useView((state) => state.language);
  const t = useText();
  const { market } = document;
  if (market.kind !== 'indexPath') return null;
  return (
    <fieldset className="sc-path">
      <legend className="l">{fieldName('betas', language)}</legend>
      {market.issues.map((code) => (
        <span className="sc-point" key={code}>
          <span className="el">{issueName(code)}</span>
          <FigureField
            bare
            field={BETA}
            label={t('scen.betaOf', { name: issueName(code) })}
            value={market.betas[code]}
            onValue={(value) => change([{ path: ['market', 'betas', code], value }])}
            testId={`scen-beta-${code}`}
            disabled={locked}
          />
        </span>
      ))}
    </fieldset>
  );
}

export function MarketForm(props: FormProps): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { document, locked, change } = props;
  const { market } = document;
  const field = (name: string): ScenarioField | undefined =>
    scenarioFields('market', market.kind).find((each) => each.name === name);
  const figure = (name: 'days' | 'volatility' | 'liquidity', value: number, unit: string): JSX.Element | null => {
    const found = field(name);
    return found ? (
      <FigureField
        field={found}
        unit={unit}
        value={value}
        onValue={(next) => change([{ path: ['market', name], value: next }])}
        testId={`scen-market-${name}`}
        disabled={locked}
      />
    ) : null;
  };
  return (
    <>
      <Row label={t('scen.source')} hint={t(`scen.source.${market.kind}`)}>
        <Select
          label={t('scen.source')}
          value={market.kind}
          choices={KINDS.map((value) => ({ value, label: kindName(value, language) }))}
          disabled={locked}
          onChange={(value) => {
            const kind = KINDS.find((each) => each === value);
            if (kind && kind !== market.kind) change([{ path: ['market'], value: marketOf(kind, document) }]);
          }}
          testId="scen-market-kind"
        />
      </Row>
      {market.kind === 'replay' ? (
        <WordsField
          label={fieldName('dates', language)}
          value={market.dates.join(', ')}
          longest={null}
          optional={false}
          fits={(text) => text.split(',').every((each) => isDate(each.trim()))}
          hint={t('scen.datesHint')}
          onValue={(text) => change([{ path: ['market', 'dates'], value: text.split(',').map((each) => each.trim()) }])}
          testId="scen-market-dates"
          disabled={locked}
        />
      ) : (
        <WordsField
          label={fieldName('date', language)}
          value={market.date}
          longest={10}
          optional={false}
          fits={isDate}
          hint={t('scen.dateHint')}
          onValue={(value) => change([{ path: ['market', 'date'], value }])}
          testId="scen-market-date"
          disabled={locked}
        />
      )}
      {market.kind === 'synthetic' && figure('days', market.days, t('scen.unitDays'))}
      <Issues {...props} />
      {market.kind !== 'replay' && (
        <>
          {figure('volatility', market.volatility, t('scen.unitTimes'))}
          {figure('liquidity', market.liquidity, t('scen.unitTimes'))}
        </>
      )}
      {market.kind === 'indexPath' && (
        <>
          <FlagField
            label={t('scen.reconstructed')}
            value={market.reconstructed}
            onValue={(value) => change([{ path: ['market', 'reconstructed'], value }])}
            testId="scen-market-reconstructed"
            disabled={locked}
          />
          {market.days.map((_, day) =>
            (['KOSPI', 'KOSDAQ'] as const).map((name) => (
              <PathTable key={`${day}-${name}`} {...props} day={day} name={name} many={market.days.length > 1} />
            )),
          )}
          <Betas {...props} />
        </>
      )}
      <TimeField
        label={t('scen.until')}
        value={document.until ?? ''}
        optional
        onValue={(value) => change([{ path: ['until'], value: value === '' ? undefined : value }])}
        testId="scen-until"
        disabled={locked}
      />
    </>
  );
}
