/** What an amount abroad is in won, as a label and a figure: with the rate, who told it and when; nothing where no rate is known. */
import type { JSX } from 'react';
import { type AccountCurrency, wonWorth } from '#shared/domain/index.ts';
import { useWonRate } from '../client/won-rates.ts';
import { useText } from '../text/index.ts';
import { number, timeShort } from './format.ts';

const MILLION = 1_000_000;
const RATE_PLACES = { minimumFractionDigits: 2, maximumFractionDigits: 4 } as const;

export function WonWorth({
  amount,
  currency,
  testId,
}: {
  /** 1/10,000 of the currency; null: not known. */
  readonly amount: number | null;
  readonly currency: AccountCurrency;
  readonly testId: string;
}): JSX.Element | null {
  const t = useText();
  const rate = useWonRate(currency);
  if (rate === null || amount === null) return null;
  const won = (rate.wonPpm / MILLION).toLocaleString('en-US', RATE_PLACES);
  const told = { unit: t(`currency.${currency}`), won, source: rate.sourceKo, time: timeShort(rate.at) };
  const title = t('won.rateHint', told);
  return (
    <>
      <span className="l" title={title}>
        {t('won.about')} <small data-testid={`${testId}-rate`}>{t('won.rate', told)}</small>
      </span>
      <span className="v num" title={title} data-testid={testId}>
        {t('won.amount', { amount: number(wonWorth(amount, rate)) })}
      </span>
    </>
  );
}
