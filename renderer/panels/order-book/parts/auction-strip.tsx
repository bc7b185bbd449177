/** While orders are collected: what would match now, which side is larger, and when it ends. */
import type { JSX } from 'react';
import type { OrderBook } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { changePercent, countdown, direction, number, time } from '../../../ui/format.ts';

/** How much more one side has written than the other, and its share of both, percent. */
export function imbalanceOf(book: Pick<OrderBook, 'totalAskQty' | 'totalBidQty'>): {
  readonly more: number;
  readonly bidPercent: number;
} {
  const { totalAskQty, totalBidQty } = book;
  const all = totalAskQty + totalBidQty;
  return { more: totalBidQty - totalAskQty, bidPercent: all === 0 ? 50 : (totalBidQty * 100) / all };
}

export function AuctionStrip(props: {
  readonly book: OrderBook | undefined;
  readonly base: number;
  /** Scheduled end and the market clock; `endTs` null where no end is known. */
  readonly endTs: number | null;
  readonly now: number;
}): JSX.Element {
  const t = useText();
  const { book, base, endTs, now } = props;
  const expected = book?.expected ?? null;
  const { more, bidPercent } = imbalanceOf(book ?? { totalAskQty: 0, totalBidQty: 0 });
  return (
    <div className="auction" data-testid="book-auction">
      <div className="l1" data-testid="book-expected">
        <span className="l">{t('book.expected')}</span>
        {expected ? (
          <>
            <b className={`num ${direction(expected.price - base)}`}>{number(expected.price)}</b>
            <span className={`num ${direction(expected.price - base)}`}>
              {changePercent(expected.price - base, base)}
            </span>
            <span className="num f">{t('unit.shares', { count: number(expected.qty) })}</span>
          </>
        ) : (
          <span className="f">{t('book.expectedNone')}</span>
        )}
        <span className="sp" />
        {endTs !== null && (
          <b className="num" data-testid="book-auction-left">
            {endTs > now
              ? t('book.auctionLeft', { left: countdown(endTs - now) })
              : t('book.auctionEnd', { time: time(endTs) })}
          </b>
        )}
      </div>
      <div className="l2">
        <span className="imb" aria-hidden="true">
          <i style={{ width: `${bidPercent}%` }} />
        </span>
        <span className={`num ${direction(more)}`} data-testid="book-imbalance">
          {more === 0
            ? t('book.even')
            : t(more > 0 ? 'book.moreBuy' : 'book.moreSell', { quantity: number(Math.abs(more)) })}
        </span>
        <span className="sp" />
        {endTs !== null && (
          <span className="l num" title={t('book.randomHint')}>
            {time(endTs)} {t('book.random')} <span className="hid-s">{t('book.randomWord')}</span>
          </span>
        )}
      </div>
    </div>
  );
}
