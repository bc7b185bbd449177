/** The form of an actor: orders at their times, or a standing rule. */
import type { JSX } from 'react';
import type { RuleCondition, ScenarioActor } from '#shared/domain/index.ts';
import { fieldName, scenarioFields, valueName } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { IconButton, Segment } from '../../../ui/controls.tsx';
import { ChoiceField, FigureField, Row } from './fields.tsx';
import { SchemaField, type FormProps } from './form-event.tsx';
import { IssueField } from './issue-field.tsx';
import { tradesIssue } from './reading.ts';

type Path = readonly (string | number)[];
type Price = 'market' | { readonly limit: number } | { readonly fromLastPct: number };
type Orders = Extract<ScenarioActor, { readonly kind: 'orders' }>;
type Rule = Extract<ScenarioActor, { readonly kind: 'rule' }>;

const LIMIT = {
  name: 'limit',
  kind: 'whole',
  min: 1,
  max: 1_000_000_000,
  optional: false,
  nullable: false,
  usual: undefined,
} as const;
const FROM_LAST = { ...LIMIT, name: 'fromLastPct', kind: 'number', min: -30, max: 30 } as const;
const BOUND = { ...LIMIT, kind: 'number', min: null, max: null, optional: true } as const;
const PERCENT = { ...LIMIT, name: 'percent', kind: 'number', min: 0.01, max: 100 } as const;
const QUANTITY = { ...LIMIT, name: 'quantity' } as const;

/** The market, a limit, or so far from the last price. */
function PriceFields(
  props: FormProps & { readonly price: Price; readonly path: Path; readonly testId: string },
): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { price, path, locked, change, testId } = props;
  const kind = price === 'market' ? 'market' : 'limit' in price ? 'limit' : 'fromLastPct';
  const samples = { market: 'market', limit: { limit: 10_000 }, fromLastPct: { fromLastPct: 0 } } as const;
  return (
    <>
      <Row label={fieldName('price', language)}>
        <Segment
          label={fieldName('price', language)}
          choices={(['market', 'limit', 'fromLastPct'] as const).map((value) => ({
            value,
            label: t(`scen.price.${value}`),
          }))}
          value={kind}
          disabled={locked}
          onChange={(next) => change([{ path, value: samples[next] }])}
          testId={testId}
        />
      </Row>
      {price !== 'market' && 'limit' in price && (
        <FigureField
          field={LIMIT}
          value={price.limit}
          onValue={(value) => change([{ path: [...path, 'limit'], value }])}
          testId={`${testId}-limit-price`}
          disabled={locked}
        />
      )}
      {price !== 'market' && 'fromLastPct' in price && (
        <FigureField
          field={FROM_LAST}
          value={price.fromLastPct}
          onValue={(value) => change([{ path: [...path, 'fromLastPct'], value }])}
          testId={`${testId}-from-last`}
          disabled={locked}
        />
      )}
    </>
  );
}

function OrdersForm(props: FormProps & { readonly actor: Orders; readonly index: number }): JSX.Element {
  const t = useText();
  const { actor, index, document, locked, change } = props;
  const path = ['actors', index, 'orders'] as const;
  const fields = scenarioFields('orders').filter(({ name }) => name !== 'price');
  return (
    <>
      {actor.orders.map((order, at) => (
        <fieldset className="sc-card" key={at}>
          <legend>
            {t('scen.orderNth', { place: at + 1 })}
            <IconButton
              icon="x"
              size="sm"
              label={t('scen.removeOrder', { place: at + 1 })}
              disabled={locked || actor.orders.length < 2}
              onClick={() => change([{ path: [...path, at], value: undefined }])}
            />
          </legend>
          {fields.map((field) => (
            <SchemaField
              key={field.name}
              {...props}
              field={field}
              value={(order as unknown as Readonly<Record<string, unknown>>)[field.name]}
              path={[...path, at, field.name]}
              testId={`scen-order-${at}-${field.name}`}
            />
          ))}
          <PriceFields {...props} price={order.price} path={[...path, at, 'price']} testId={`scen-order-${at}-price`} />
        </fieldset>
      ))}
      <button
        type="button"
        className="btn sm"
        disabled={locked}
        data-testid="scen-order-add"
        onClick={() => {
          const last = actor.orders.at(-1);
          const issue = last?.issue ?? document.market.issues[0] ?? '';
          const next = { at: last?.at ?? '10:00', issue, side: last?.side ?? 'buy', quantity: last?.quantity ?? 1 };
          change([{ path: [...path, actor.orders.length], value: next }]);
        }}
      >
        {t('scen.addOrder')}
      </button>
    </>
  );
}

/** A condition of another measure, as it begins. */
function conditionOf(measure: RuleCondition['measure'], issue: string): RuleCondition {
  switch (measure) {
    case 'positionReturn':
      return { measure, issue, atOrBelow: -7 };
    case 'price':
      return { measure, issue, atOrBelow: 10_000 };
    case 'accountReturn':
      return { measure, atOrBelow: -10 };
    case 'indexChange':
      return { measure, market: 'KOSPI', atOrBelow: -5 };
  }
}
const MEASURES = ['positionReturn', 'price', 'accountReturn', 'indexChange'] as const;

function Condition(props: FormProps & { readonly actor: Rule; readonly index: number }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { actor, index, document, locked, change } = props;
  const { when, then } = actor;
  const path = ['actors', index, 'when'] as const;
  const unit = when.measure === 'price' ? t('unit.won') : '%';
  return (
    <>
      <ChoiceField
        field={{ name: 'measure', choices: MEASURES, optional: false }}
        value={when.measure}
        onValue={(next) => {
          const measure = MEASURES.find((each) => each === next);
          if (measure) change([{ path: [...path], value: conditionOf(measure, then.issue) }]);
        }}
        testId="scen-rule-measure"
        disabled={locked}
      />
      {'issue' in when && (
        <IssueField
          label={fieldName('issue', language)}
          document={document}
          value={when.issue}
          onCode={(code) => change([...tradesIssue(document, code), { path: [...path, 'issue'], value: code }])}
          testId="scen-rule-issue"
          disabled={locked}
        />
      )}
      {'market' in when && (
        <ChoiceField
          field={{ name: 'market', choices: ['KOSPI', 'KOSDAQ'], optional: false }}
          value={when.market}
          onValue={(value) => change([{ path: [...path, 'market'], value }])}
          testId="scen-rule-market"
          disabled={locked}
        />
      )}
      {(['atOrBelow', 'atOrAbove'] as const).map((name) => (
        <FigureField
          key={name}
          field={{ ...BOUND, name }}
          unit={unit}
          value={when[name]}
          onValue={(value) => change([{ path: [...path, name], value: value ?? undefined }])}
          testId={`scen-rule-${name}`}
          disabled={locked}
        />
      ))}
    </>
  );
}

function RuleForm(props: FormProps & { readonly actor: Rule; readonly index: number }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { actor, index, document, locked, change } = props;
  const { then } = actor;
  const path = ['actors', index, 'then'] as const;
  const by = then.percent === undefined ? 'quantity' : 'percent';
  return (
    <>
      <h3 className="sc-sub">{fieldName('when', language)}</h3>
      <Condition {...props} />
      <h3 className="sc-sub">{fieldName('then', language)}</h3>
      <ChoiceField
        field={{ name: 'side', choices: ['buy', 'sell'], optional: false }}
        value={then.side}
        onValue={(value) => change([{ path: [...path, 'side'], value }])}
        testId="scen-then-side"
        disabled={locked}
      />
      <IssueField
        label={fieldName('issue', language)}
        document={document}
        value={then.issue}
        onCode={(code) => change([...tradesIssue(document, code), { path: [...path, 'issue'], value: code }])}
        testId="scen-then-issue"
        disabled={locked}
      />
      <Row label={t('scen.howMuch')}>
        <Segment
          label={t('scen.howMuch')}
          choices={(['percent', 'quantity'] as const).map((value) => ({ value, label: fieldName(value, language) }))}
          value={by}
          disabled={locked}
          onChange={(next) => {
            if (next !== by)
              change([
                { path: [...path, by], value: undefined },
                { path: [...path, next], value: next === 'percent' ? 50 : 10 },
              ]);
          }}
          testId="scen-then-by"
        />
      </Row>
      <FigureField
        field={by === 'percent' ? PERCENT : QUANTITY}
        value={by === 'percent' ? then.percent : then.quantity}
        onValue={(value) => change([{ path: [...path, by], value }])}
        testId={`scen-then-${by}`}
        disabled={locked}
      />
      <PriceFields {...props} price={then.price} path={[...path, 'price']} testId="scen-then-price" />
      {scenarioFields('actors', 'rule')
        .filter(({ name }) => name === 'times' || name === 'everySeconds')
        .map((field) => (
          <SchemaField
            key={field.name}
            {...props}
            field={field}
            value={field.name === 'times' ? actor.times : actor.everySeconds}
            path={['actors', index, field.name]}
            testId={`scen-rule-${field.name}`}
          />
        ))}
    </>
  );
}

export function ActorForm(props: FormProps & { readonly actor: ScenarioActor; readonly index: number }): JSX.Element {
  const { actor, index, document, locked, change } = props;
  const [name] = scenarioFields('actors', actor.kind).filter((field) => field.name === 'name');
  const language = useView((state) => state.language);
  return (
    <>
      {name && (
        <SchemaField
          {...props}
          field={name}
          value={actor.name}
          path={['actors', index, 'name']}
          testId="scen-actor-name"
        />
      )}
      <ChoiceField
        field={{ name: 'account', choices: document.accounts.map(({ id }) => id), optional: false }}
        value={actor.account}
        words={(id) => valueName(String(id), language)}
        onValue={(value) => change([{ path: ['actors', index, 'account'], value }])}
        testId="scen-actor-account"
        disabled={locked}
      />
      {actor.kind === 'orders' ? <OrdersForm {...props} actor={actor} /> : <RuleForm {...props} actor={actor} />}
    </>
  );
}
