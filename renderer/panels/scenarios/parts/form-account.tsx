/** The form of an account: its cash and what it holds at the start, taken from one's own account where wanted. */
import type { JSX } from 'react';
import {
  codeOf,
  foreignExchangeOf,
  productOf,
  type Account,
  type Position,
  type ScenarioAccount,
  type ScenarioDocument,
} from '#shared/domain/index.ts';
import { fieldName, scenarioFields, type ScenarioChange } from '#shared/scenario/index.ts';
import { useAccount, usePositions } from '../../../client/hooks.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { IconButton } from '../../../ui/controls.tsx';
import { Row } from './fields.tsx';
import { SchemaField, type FormProps } from './form-event.tsx';
import { FindIssue } from './issue-field.tsx';
import { tradesIssue } from './reading.ts';
import { issueName } from './words.ts';

/** A scenario's account holds what the user's account holds; issues of other countries, bonds and derivatives have no place in it. */
function holdingsOf(positions: readonly Position[]): ScenarioAccount['holdings'] {
  return positions
    .filter(
      ({ instrumentId, quantity }) =>
        quantity > 0 && foreignExchangeOf(instrumentId) === null && productOf(instrumentId) === 'stock',
    )
    .map(({ instrumentId, quantity, costKrw }) => ({
      issue: codeOf(instrumentId),
      quantity,
      // Won only; what cost nothing has no average.
      ...(costKrw >= quantity ? { averagePrice: Math.round(costKrw / quantity) } : {}),
    }));
}

/** Puts one's own holdings into an account of the scenario: the same issues are replaced, the others stay. */
export function withOwnHoldings(
  document: ScenarioDocument,
  place: number,
  own: ScenarioAccount['holdings'],
): readonly ScenarioChange[] {
  const kept = document.accounts[place]?.holdings ?? [];
  const mine = new Set(own.map(({ issue }) => issue));
  const holdings = [...kept.filter(({ issue }) => !mine.has(issue)), ...own];
  const issues = [...new Set([...document.market.issues, ...mine])];
  return [
    ...(issues.length > document.market.issues.length ? [{ path: ['market', 'issues'], value: issues }] : []),
    { path: ['accounts', place, 'holdings'], value: holdings },
  ];
}

/** One's own account as far as a scenario takes it. */
export function useOwnAccount(): {
  readonly account: Account | null;
  readonly holdings: ScenarioAccount['holdings'];
  readonly abroad: number;
} {
  const account = useAccount();
  const positions = usePositions(account?.accountId ?? null);
  const holdings = holdingsOf(positions);
  return { account, holdings, abroad: positions.length - holdings.length };
}

export function AccountForm(
  props: FormProps & { readonly account: ScenarioAccount; readonly index: number },
): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const own = useOwnAccount();
  const { account, index, document, locked, change } = props;
  const path = ['accounts', index] as const;
  // A scenario counts in won.
  const cash = (own.account?.currency ?? 'KRW') === 'KRW' ? (own.account?.cashD2Krw ?? null) : null;
  const values = account as unknown as Readonly<Record<string, unknown>>;
  return (
    <>
      {scenarioFields('accounts')
        .filter(({ name }) => name !== 'holdings')
        .map((field) => (
          <SchemaField
            key={field.name}
            {...props}
            field={field}
            value={values[field.name]}
            path={[...path, field.name]}
            testId={`scen-account-${field.name}`}
          />
        ))}
      <h3 className="sc-sub">{fieldName('holdings', language)}</h3>
      {account.holdings.length === 0 && <p className="note">{t('scen.noHoldings')}</p>}
      {account.holdings.map((holding, at) => (
        <fieldset className="sc-card" key={`${holding.issue}-${at}`} data-testid={`scen-holding-${holding.issue}`}>
          <legend>
            {issueName(holding.issue)}
            <IconButton
              icon="x"
              size="sm"
              label={t('scen.removeHolding', { name: issueName(holding.issue) })}
              disabled={locked}
              onClick={() => change([{ path: [...path, 'holdings', at], value: undefined }])}
            />
          </legend>
          {scenarioFields('holdings')
            .filter(({ name }) => name !== 'issue')
            .map((field) => (
              <SchemaField
                key={field.name}
                {...props}
                field={field}
                value={field.name === 'quantity' ? holding.quantity : holding.averagePrice}
                path={[...path, 'holdings', at, field.name]}
                testId={`scen-holding-${holding.issue}-${field.name}`}
              />
            ))}
        </fieldset>
      ))}
      {!locked && (
        <Row label={t('scen.add')}>
          <FindIssue
            label={t('scen.addHolding')}
            testId="scen-holding-add"
            onCode={(code) => {
              if (account.holdings.some(({ issue }) => issue === code)) return;
              change([
                ...tradesIssue(document, code),
                account.holdings.length === 0
                  ? { path: [...path, 'holdings'], value: [{ issue: code, quantity: 10 }] }
                  : { path: [...path, 'holdings', account.holdings.length], value: { issue: code, quantity: 10 } },
              ]);
            }}
          />
        </Row>
      )}
      <div className="sc-acts">
        <button
          type="button"
          className="btn"
          disabled={locked || own.holdings.length === 0}
          data-testid="scen-own-holdings"
          onClick={() => change(withOwnHoldings(document, index, own.holdings))}
        >
          {t('scen.ownHoldings', { count: own.holdings.length })}
        </button>
        <button
          type="button"
          className="btn"
          disabled={locked || cash === null || cash < 0}
          data-testid="scen-own-cash"
          onClick={() => change([{ path: [...path, 'cashKrw'], value: cash }])}
        >
          {t('scen.ownCash')}
        </button>
      </div>
      {own.holdings.length === 0 && <p className="note">{t('scen.ownNone')}</p>}
      {own.abroad > 0 && <p className="note">{t('scen.ownAbroad', { count: own.abroad })}</p>}
    </>
  );
}
