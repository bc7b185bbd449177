/** What the holdings hang on: indices, a few names, and one another. */
import type { JSX } from 'react';
import type { PortfolioReport } from '#shared/domain/index.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { MINUS, number, share, UNKNOWN } from '../../../ui/format.ts';
import { moneyOr } from '../../../ui/money.ts';
import { useReason } from './reason.ts';

/** Pairs that are written out. */
const PAIRS_SHOWN = 10;

/** A figure with two decimals: "1.24", "−0.08". */
export function plainFigure(value: number): string {
  const size = Math.abs(value).toFixed(2);
  return value < 0 && Number(size) !== 0 ? `${MINUS}${size}` : size;
}

export function Exposure({ report }: { readonly report: PortfolioReport }): JSX.Element {
  const t = useText();
  const reason = useReason();
  const { beta, concentration, meanCorrelation } = report;
  return (
    <section aria-label={t('risk.exposure')}>
      <h3>{t('risk.exposure')}</h3>
      <dl className="rk-facts" data-testid="risk-exposure">
        {(['KOSPI', 'KOSDAQ'] as const).map((market) => {
          const figure = beta[market];
          return (
            <div key={market}>
              <dt className="l">{t('risk.betaOn', { market: t(`market.${market}`) })}</dt>
              <dd className={figure.known ? 'num' : 'l'}>
                {figure.known
                  ? t('risk.betaFigure', {
                      beta: plainFigure(figure.value.beta),
                      correlation: plainFigure(figure.value.correlation),
                      days: number(figure.value.days),
                    })
                  : reason(figure)}
              </dd>
            </div>
          );
        })}
        <div>
          <dt className="l">{t('risk.concentration')}</dt>
          <dd className={concentration.known ? 'num' : 'l'}>
            {concentration.known
              ? t('risk.concentrationFigure', {
                  names: plainFigure(concentration.value.effectiveNames),
                  largest: nameOf(concentration.value.largest.id),
                  share: share(concentration.value.largest.share, 1),
                })
              : reason(concentration)}
          </dd>
        </div>
        <div>
          <dt className="l">{t('risk.meanCorrelation')}</dt>
          <dd className={meanCorrelation.known ? 'num' : 'l'}>
            {meanCorrelation.known ? plainFigure(meanCorrelation.value) : reason(meanCorrelation)}
          </dd>
        </div>
      </dl>
    </section>
  );
}

export function Holdings({ report }: { readonly report: PortfolioReport }): JSX.Element {
  const t = useText();
  const reason = useReason();
  const why = new Set(report.holdings.flatMap(({ beta }) => (beta && !beta.known ? [reason(beta)] : [])));
  return (
    <section aria-label={t('risk.holdings')}>
      <h3>{t('risk.holdings')}</h3>
      <div className="rk-scroll" tabIndex={0} role="group" aria-label={t('risk.holdings')}>
        <table data-testid="risk-holdings">
          <thead>
            <tr>
              <th scope="col">{t('col.instrument')}</th>
              <th scope="col" className="r">
                {t('risk.quantity')}
              </th>
              <th scope="col" className="r">
                {t('risk.value')}
              </th>
              <th scope="col" className="r">
                {t('risk.beta')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.holdings.map(({ id, quantity, valueKrw, beta }) => (
              <tr key={id}>
                <th scope="row">{nameOf(id)}</th>
                <td className="num r">{number(quantity)}</td>
                <td className="num r">{moneyOr(valueKrw, 'KRW')}</td>
                <td className="num r">{beta?.known ? plainFigure(beta.value.beta) : UNKNOWN}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {[...why].map((sentence) => (
        <p key={sentence} className="l">
          {sentence}
        </p>
      ))}
    </section>
  );
}

export function Pairs({ pairs }: Pick<PortfolioReport, 'pairs'>): JSX.Element {
  const t = useText();
  const reason = useReason();
  const rows = pairs.known ? pairs.value.slice(0, PAIRS_SHOWN) : [];
  return (
    <section aria-label={t('risk.pairs')}>
      <h3>{t('risk.pairs')}</h3>
      {!pairs.known && <p className="l">{reason(pairs)}</p>}
      {pairs.known && rows.length === 0 && <p className="l">{t('risk.noPairs')}</p>}
      {rows.length > 0 && (
        <table data-testid="risk-pairs">
          <thead>
            <tr>
              <th scope="col">{t('risk.pair')}</th>
              <th scope="col" className="r">
                {t('risk.correlation')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ a, b, correlation }) => (
              <tr key={`${a} ${b}`}>
                <th scope="row">{t('risk.pairOf', { a: nameOf(a), b: nameOf(b) })}</th>
                <td className={correlation.known ? 'num r' : 'r l'}>
                  {correlation.known ? plainFigure(correlation.value) : reason(correlation)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
