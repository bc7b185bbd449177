/** A basket: rows are written down, judged as a whole, and sent together; each row tells its end. */
import { type JSX, useState } from 'react';
import { BASKET_LIMIT } from '#shared/domain/index.ts';
import { usePanel } from '../../client/panel-context.tsx';
import { useConnection } from '../../store/connection.ts';
import { useCore } from '../../store/core.ts';
import { nameOf } from '../../store/instruments.ts';
import { useText } from '../../text/index.ts';
import { Select } from '../../ui/controls.tsx';
import { number } from '../../ui/format.ts';
import { IssueSearch } from '../../ui/issue-search.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { BasketOrder } from './parts/row.tsx';
import { type BasketInView, useBasket } from './parts/use-basket.ts';

/** Which basket, its name, and the field that adds an issue. */
function Head({ basket }: { readonly basket: BasketInView }): JSX.Element {
  const t = useText();
  const { body, all, busy } = basket;
  const full = body.rows.length >= BASKET_LIMIT;
  return (
    <div className="tbar bk-bar">
      {all.length > 1 && (
        <Select
          label={t('basket.which')}
          choices={all.map(([value, each]) => ({ value, label: each.name }))}
          value={basket.id}
          onChange={basket.choose}
          testId="basket-which"
        />
      )}
      <IssueSearch
        label={t('basket.add')}
        placeholder={full ? t('basket.full', { limit: BASKET_LIMIT }) : t('basket.add')}
        testId="basket-add"
        optionTestId="basket-add"
        onChoose={({ id }) => {
          if (full || busy) return;
          const row = { instrumentId: id, side: 'buy', type: 'limit', price: null, quantity: null } as const;
          basket.change((rows) => (rows.length < BASKET_LIMIT ? [...rows, row] : rows));
        }}
      />
      <button type="button" className="btn ghost" data-testid="basket-new" onClick={basket.create}>
        {t('basket.new')}
      </button>
      {all.length > 0 && (
        <button
          type="button"
          className="btn ghost"
          disabled={busy !== null}
          data-testid="basket-delete"
          onClick={basket.remove}
        >
          {t('basket.delete')}
        </button>
      )}
    </div>
  );
}

/** What it comes to, and the buttons; sending asks once more with the count and the environment. */
function Foot({ basket }: { readonly basket: BasketInView }): JSX.Element {
  const t = useText();
  const [asking, setAsking] = useState('');
  const environment = useCore((state) => state.environment);
  const open = useConnection((state) => state.link.phase === 'open');
  const { body, drafts, verdicts, outcomes, busy } = basket;
  const passes = verdicts.length > 0 && verdicts.every((verdict) => verdict.denial === null);
  const refused = verdicts.filter((verdict) => verdict.denial !== null).length;
  const left = outcomes.filter((outcome) => outcome.state === 'notSent').length;
  const done = outcomes.length > 0 && left === 0;
  const failed = outcomes.filter((outcome) => outcome.reason !== null).length;
  const amount = verdicts.reduce((sum, verdict) => sum + verdict.amountKrw, 0);
  const costs = verdicts.reduce((sum, verdict) => sum + verdict.commissionKrw + verdict.taxKrw, 0);
  const rows = JSON.stringify(body.rows);
  const count = left > 0 ? left : body.rows.length;
  const words =
    asking === rows && basket.unknown.length > 0
      ? t('basket.unknown', { names: basket.unknown.map(nameOf).join(', ') })
      : 'unfinished' in drafts
        ? t('basket.unfinished', { rows: drafts.unfinished.map((at) => at + 1).join(', ') })
        : busy === 'send'
          ? t('basket.sending', { done: outcomes.length - left, count: outcomes.length })
          : outcomes.length > 0
            ? t('basket.report', { sent: outcomes.length - left, failed, left })
            : refused > 0
              ? t('basket.refused', { count: refused })
              : passes
                ? t('basket.ready', { amount: number(amount), costs: number(costs) })
                : t('basket.checkFirst');
  return (
    <div className="tbar bk-foot">
      <span
        role={refused > 0 || failed > 0 || (asking === rows && basket.unknown.length > 0) ? 'alert' : 'status'}
        data-testid="basket-words"
      >
        {words}
      </span>
      <span className="sp" />
      {busy === 'send' && (
        <button type="button" className="btn" data-testid="basket-stop" onClick={basket.stop}>
          {t('basket.stop')}
        </button>
      )}
      <button
        type="button"
        className="btn"
        disabled={!open || busy !== null || 'unfinished' in drafts || body.rows.length === 0}
        data-testid="basket-check"
        onClick={basket.check}
      >
        {t('basket.check')}
      </button>
      <button
        type="button"
        className="btn pri"
        disabled={!open || busy !== null || done || (!passes && left === 0)}
        data-testid="basket-send"
        onClick={() => {
          if (asking === rows) {
            setAsking('');
            basket.send();
          } else setAsking(rows);
        }}
      >
        {asking === rows
          ? t('basket.sendSure', { count, env: t(`env.${environment}`) })
          : t(left > 0 ? 'basket.sendRest' : 'basket.send', { count })}
      </button>
    </div>
  );
}

export function BasketPanel(): JSX.Element {
  const t = useText();
  const { looksOnly } = usePanel();
  if (looksOnly) return <Empty icon="list" title={t('ticket.looksOnly')} body={t('ticket.looksOnlyBody')} />;
  return <BasketForm />;
}

function BasketForm(): JSX.Element {
  const t = useText();
  const basket = useBasket();
  if (!basket) return <Skeleton />;
  const { body } = basket;
  const locked = basket.busy !== null;
  return (
    <div className="bk">
      <Head basket={basket} />
      {body.rows.length === 0 ? (
        <Empty icon="list" title={t('basket.empty')} body={t('basket.emptyBody')} testId="basket-empty" />
      ) : (
        <div className="bk-rows">
          <table>
            <thead>
              <tr>
                {(['no', 'issue', 'sideName', 'typeName', 'priceName', 'quantityName', 'said'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`basket.col.${name}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {body.rows.map((row, at) => (
                <BasketOrder
                  key={`${at}-${row.instrumentId}`}
                  at={at}
                  row={row}
                  verdict={basket.verdicts[at] ?? null}
                  outcome={basket.outcomes[at] ?? null}
                  locked={locked}
                  onChange={(next) =>
                    basket.change((rows) => rows.map((each, place) => (place === at ? { ...each, ...next } : each)))
                  }
                  onRemove={() => basket.change((rows) => rows.toSpliced(at, 1))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Foot basket={basket} />
    </div>
  );
}
