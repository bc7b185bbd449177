/** Money by currency: each in its own, the combined margin in won beside it; nothing is added up over currencies. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { AccountFunds, CombinedMargin, CurrencyFunds } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { time, UNKNOWN } from '../../../ui/format.ts';
import { Grid } from '../../../ui/grid.tsx';
import { moneyOr } from '../../../ui/money.ts';
import { useTable } from '../../../ui/table/handle.ts';
import { TableTools } from '../../../ui/table/tools.tsx';
import { amountText, fundsColumns } from './columns.ts';

const told = (figure: number | null): string => (figure === null ? UNKNOWN : amountText(figure));

function Combined({ combined }: { readonly combined: CombinedMargin }): JSX.Element {
  const t = useText();
  const rates = [
    ...combined.byMargin.map((row) => ({ ...row, label: t('funds.atMargin', { percent: row.percent }) })),
    ...combined.byLoan.map((row) => ({ ...row, label: t('funds.atLoan', { percent: row.percent }) })),
  ];
  return (
    <section className="rk" aria-label={t('funds.combined')} data-testid="funds-combined">
      <h3>{t('funds.combined')}</h3>
      <div className="kvl">
        <span className="l">{t('funds.marginRate')}</span>
        <span className="v num">{combined.marginRate === '' ? UNKNOWN : `${combined.marginRate}%`}</span>
        <span className="l">{t('funds.mode')}</span>
        <span className="v">{combined.mode || UNKNOWN}</span>
        <span className="l">{t('funds.cash')}</span>
        <b className="num">{moneyOr(combined.cashKrw, 'KRW')}</b>
        <span className="l">{t('funds.substitute')}</span>
        <span className="v num">{moneyOr(combined.substituteKrw, 'KRW')}</span>
        <span className="l">{t('funds.reusable')}</span>
        <span className="v num">{moneyOr(combined.reusableKrw, 'KRW')}</span>
        <span className="l">{t('account.unpaid')}</span>
        <span className="v num">{moneyOr(combined.unpaidKrw, 'KRW')}</span>
      </div>
      <div className="rk-scroll" tabIndex={0} role="group" aria-label={t('funds.orderable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('funds.rateOf')}</th>
              <th scope="col" className="r">
                {t('funds.alone')}
              </th>
              <th scope="col" className="r">
                {t('funds.together')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rates.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <td className="num r">{moneyOr(row.aloneKrw, 'KRW')}</td>
                <td className="num r">{moneyOr(row.combinedKrw, 'KRW')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <thead>
            <tr>
              {(
                [
                  'col.currency',
                  'funds.subject',
                  'funds.used',
                  'funds.orderable',
                  'funds.together',
                  'funds.rate',
                ] as const
              ).map((key, at) => (
                <th key={key} scope="col" className={at === 0 ? '' : 'r'}>
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {combined.currencies.map((row) => (
              <tr key={row.currency}>
                <th scope="row">{row.currency}</th>
                <td className="num r">{told(row.subject)}</td>
                <td className="num r">{told(row.used)}</td>
                <td className="num r">{told(row.orderable)}</td>
                <td className="num r">{told(row.combined)}</td>
                <td className="num r">{row.rate || UNKNOWN}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function FundsView({ funds }: { readonly funds: AccountFunds }): JSX.Element {
  const t = useText();
  const columns = useMemo(() => fundsColumns(t), [t]);
  const table = useTable<CurrencyFunds>();
  return (
    <div className="fillcol statement" data-testid="funds">
      <h3 className="tcap">
        {t('funds.byCurrency')}
        <span className="l num">{t('funds.at', { time: time(funds.at) })}</span>
        <span className="sp" />
        <TableTools table={table} file={t('funds.byCurrency')} testId="funds" small />
      </h3>
      <div className="funds-grid">
        <Grid
          columns={columns}
          rows={funds.currencies}
          table={table}
          rowId={(row) => row.currency + row.nation}
          rowTestId={(row) => `funds-row-${row.currency}`}
          label={t('funds.byCurrency')}
          testId="blotter-funds"
        />
      </div>
      <p className="note">{t('funds.neverSummed')}</p>
      {funds.combined && <Combined combined={funds.combined} />}
    </div>
  );
}
