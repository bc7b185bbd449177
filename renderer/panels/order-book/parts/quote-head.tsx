/** The head of the ladder: last price, change, the bounds of the day, and the close once it is set. */
import type { JSX } from 'react';
import { priceUnitOf, NO_LIMITS, type Quote } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { changePercent, direction, UNKNOWN } from '../../../ui/format.ts';
import { money, moneyOr } from '../../../ui/money.ts';
import type { LadderVenue } from '../slice.ts';

/** Last price and change of the venue in view; NXT has its own last price and KRX's base. */
export function QuoteHead({ quote, venue }: { readonly quote: Quote; readonly venue: LadderVenue }): JSX.Element {
  const t = useText();
  const last = venue === 'NXT' ? (quote.nxt?.last ?? null) : quote.last;
  const unit = priceUnitOf(quote.instrumentId);
  const change = last === null ? null : last - quote.base;
  const tone = direction(change);
  const toneOf = (price: number | null): string => direction(price === null ? null : price - quote.base);
  const afterClose = quote.close !== null && quote.close > 0;
  return (
    <div className="quote">
      <span className={`px num ${tone}`} data-testid="quote-last">
        {money(last ?? quote.base, unit)}
      </span>
      {change === null ? (
        <span className="ch f">{t('quote.noTrade')}</span>
      ) : (
        <span className={`ch ${tone}`}>
          <b className="num">
            <i className={`tri ${tone}`} />
            {money(Math.abs(change), unit)}
          </b>
          <span className="num">{changePercent(change, quote.base)}</span>
        </span>
      )}
      {afterClose && (
        <span className="ch close" data-testid="quote-close">
          <span className="l">{t('book.close')}</span>
          <span className={`num ${toneOf(quote.close)}`}>{moneyOr(quote.close, unit)}</span>
        </span>
      )}
      <div className="facts num">
        <span className="l">{t('quote.upper')}</span>
        <span className="u">{quote.upperLimit === NO_LIMITS.upperLimit ? UNKNOWN : money(quote.upperLimit, unit)}</span>
        <span className="l">{t('quote.high')}</span>
        <span className={toneOf(quote.high)}>{quote.high === null ? UNKNOWN : money(quote.high, unit)}</span>
        <span className="l">{t('quote.lower')}</span>
        <span className="d">{quote.upperLimit === NO_LIMITS.upperLimit ? UNKNOWN : money(quote.lowerLimit, unit)}</span>
        <span className="l">{t('quote.low')}</span>
        <span className={toneOf(quote.low)}>{quote.low === null ? UNKNOWN : money(quote.low, unit)}</span>
      </div>
    </div>
  );
}
