/** The newest trades of the issue in view, newest on top, coloured by who took liquidity. */
import type { JSX } from 'react';
import { foreignExchangeOf, foreignMarketOf } from '#shared/domain/index.ts';
import { useQuote, useTape } from '../../client/hooks.ts';
import { useIssue } from '../../client/panel-context.tsx';
import { useText } from '../../text/index.ts';
import { changePercent, direction, number, share, time } from '../../ui/format.ts';
import { issuePrice } from '../../ui/money.ts';
import { MarketLack } from '../../ui/market-lack.tsx';
import { Empty, Skeleton, Veiled } from '../../ui/states.tsx';
import { tapeStrength } from './parts/strength.ts';

/** Bought share of the trades shown. */
export function TapeInfo(): JSX.Element | null {
  const t = useText();
  const tape = useTape(useIssue());
  const strength = tape ? tapeStrength(tape.ticks) : null;
  if (!strength || strength.bought + strength.sold === 0) return null;
  return (
    <span title={t('tape.strengthHint')}>
      {t('tape.strength')}{' '}
      <b className={direction(strength.bought - strength.sold)}>
        {share(strength.bought, strength.bought + strength.sold)}
      </b>
    </span>
  );
}

export function TapePanel(): JSX.Element {
  const t = useText();
  const instrumentId = useIssue();
  const tape = useTape(instrumentId);
  const quote = useQuote(instrumentId);
  if (instrumentId === null) return <Empty icon="list" title={t('book.none')} body={t('book.noneBody')} />;
  if (!quote)
    return (
      <MarketLack instrumentId={instrumentId}>
        <Skeleton />
      </MarketLack>
    );
  if (!tape || tape.ticks.length === 0)
    return <Empty icon="list" title={t('tape.empty')} body={t('tape.emptyBody')} testId="tape-empty" />;
  const exchange = foreignExchangeOf(instrumentId);
  return (
    <Veiled from="market">
      <div className="ctable tape" role="group" aria-label={t('panel.tape')} tabIndex={0} data-testid="tape">
        <table>
          <thead>
            <tr>
              <th>{t('col.time')}</th>
              <th>{t('col.venue')}</th>
              <th>{t('col.tradePrice')}</th>
              <th>{t('col.change')}</th>
              <th>{t('col.tradeQty')}</th>
              <th>{t('col.cumulative')}</th>
            </tr>
          </thead>
          <tbody>
            {tape.ticks.toReversed().map((tick) => {
              const change = tick.price - quote.base;
              const tone = direction(change);
              const by = tick.side === 'buy' ? 'u' : tick.side === 'sell' ? 'd' : 'f';
              return (
                <tr key={`${tick.venue}${tick.seq}`}>
                  <td className="num mut">{time(tick.exchangeTs)}</td>
                  <td className={tick.venue === 'NXT' ? 'vn nxt' : 'vn'}>
                    {exchange === null ? t(`venue.${tick.venue}`) : t(`market.${foreignMarketOf(exchange)}`)}
                  </td>
                  <td className={`num ${tone}`}>{issuePrice(tick.price, tick.instrumentId)}</td>
                  <td className={`num ${tone}`}>{changePercent(change, quote.base)}</td>
                  <td className={`num ${by}`}>{number(tick.qty)}</td>
                  <td className="num mut">{number(tick.volume)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Veiled>
  );
}
