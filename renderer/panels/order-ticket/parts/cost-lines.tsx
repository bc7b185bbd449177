/** What the order would cost, as the core reckons it. */
import type { JSX } from 'react';
import type { OrderPreview } from '#shared/contract/index.ts';
import {
  currencyOf,
  FOREIGN_EXCHANGES,
  foreignCurrencyOf,
  type InstrumentId,
  priceUnitOf,
  productOf,
  type Side,
} from '#shared/domain/index.ts';
import { commissionPpb, overseasMarket } from '#shared/market/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import { useView } from '../../../store/view.ts';
import { type Translate, useText } from '../../../text/index.ts';
import { dateShort, UNKNOWN } from '../../../ui/format.ts';
import { moneyOr } from '../../../ui/money.ts';
import { WonWorth } from '../../../ui/won-worth.tsx';

const PPB_PER_PERCENT = 10_000_000;

/** "0.0140527%" as charged that day; empty where no rate is known. */
function rateText(sessionDate: string | undefined): string {
  if (sessionDate === undefined || !isSessionDate(sessionDate)) return '';
  try {
    return `${commissionPpb(sessionDate) / PPB_PER_PERCENT}%`;
  } catch {
    return '';
  }
}

/** Sessions until a trade is settled, as a market calls them. */
function settlesIn(t: Translate, instrumentId: InstrumentId): string {
  if (productOf(instrumentId) === 'bond') return t('cost.sameDay');
  const currency = currencyOf(instrumentId);
  const exchange = FOREIGN_EXCHANGES.find((each) => foreignCurrencyOf(each) === currency);
  return exchange === undefined ? 'D+2' : `T+${overseasMarket(exchange).settlement.sessions}`;
}

export function CostLines(props: {
  readonly preview: OrderPreview | null;
  readonly side: Side;
  readonly market: boolean;
  readonly sessionDate: string | undefined;
  readonly instrumentId: InstrumentId;
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { preview, side, instrumentId } = props;
  const currency = currencyOf(instrumentId);
  const won = (value: number | undefined): string => moneyOr(value, currency);
  const contract = preview?.contract;
  const days = contract ? 'T+1' : settlesIn(t, instrumentId);
  // What the margin of a new position leaves is the broker's to say.
  const isMargin = contract !== undefined && contract.opens > 0 && contract.openable !== null;
  const settlement = preview?.settlementDate ? `${dateShort(preview.settlementDate, language)} ${days}` : days;
  return (
    <div className="kvl" data-testid="ticket-cost">
      <span className="l">{t(props.market ? 'cost.amountMarket' : 'cost.amount')}</span>
      <b className="num" data-testid="cost-amount">
        {won(preview?.amountKrw)}
      </b>
      <span className="l">
        {t('cost.commission')}{' '}
        <span className="num">{priceUnitOf(instrumentId) === 'KRW' ? rateText(props.sessionDate) : ''}</span>
      </span>
      <span className="v num" data-testid="cost-commission">
        {won(preview?.commissionKrw)}
      </span>
      {!contract && (
        <>
          <span className="l">
            {t('cost.tax')} {side === 'buy' && !preview?.taxKrw && <small>{t('cost.noTaxOnBuy')}</small>}
          </span>
          <span className="v num" data-testid="cost-tax">
            {won(preview?.taxKrw)}
          </span>
        </>
      )}
      <span className="l">{t(side === 'buy' ? 'cost.pay' : 'cost.receive', { date: settlement })}</span>
      <b className="num" data-testid="cost-total">
        {won(preview?.totalKrw)}
      </b>
      <WonWorth amount={preview?.totalKrw ?? null} currency={currency} testId="cost-won" />
      <span className="l">{t('cost.after')}</span>
      <span className="v num" data-testid="cost-after">
        {isMargin ? UNKNOWN : won(preview?.buyingPowerAfterKrw)}
      </span>
    </div>
  );
}
