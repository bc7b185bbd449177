/** The ladder: ten levels a side, depth, my orders, the last trade boxed. A price pressed becomes the price of the ticket. */
import type { JSX } from 'react';
import { memo, useMemo, useState } from 'react';
import type { Order, Quote } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccount, useBook, useQuote } from '../../client/hooks.ts';
import { useDesk } from '../../store/desk.ts';
import { writeOrder } from '../../store/draft.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { changePercent, direction, number, numberOr, share, signed } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useLiveness } from '../../ui/live-info.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { deepest, LevelMemory, ownOrders, type Rung, rungs } from './parts/rungs.ts';

/** Last price, change and the bounds of the day. */
function QuoteHead({ quote }: { readonly quote: Quote }): JSX.Element {
  const t = useText();
  const change = quote.last === null ? null : quote.last - quote.base;
  const tone = direction(change);
  const toneOf = (price: number | null): string => direction(price === null ? null : price - quote.base);
  return (
    <div className="quote">
      <span className={`px num ${tone}`} data-testid="quote-last">
        {number(quote.last ?? quote.base)}
      </span>
      {change === null ? (
        <span className="ch f">{t('quote.noTrade')}</span>
      ) : (
        <span className={`ch ${tone}`}>
          <b className="num">
            <i className={`tri ${tone}`} />
            {number(Math.abs(change))}
          </b>
          <span className="num">{changePercent(change, quote.base)}</span>
        </span>
      )}
      <div className="facts num">
        <span className="l">{t('quote.upper')}</span>
        <span className="u">{number(quote.upperLimit)}</span>
        <span className="l">{t('quote.high')}</span>
        <span className={toneOf(quote.high)}>{numberOr(quote.high)}</span>
        <span className="l">{t('quote.lower')}</span>
        <span className="d">{number(quote.lowerLimit)}</span>
        <span className="l">{t('quote.low')}</span>
        <span className={toneOf(quote.low)}>{numberOr(quote.low)}</span>
      </div>
    </div>
  );
}

/** My orders at a price: their open quantity and a cross; unconfirmed ones have neither. */
function OwnTag({
  orders,
  side,
}: {
  readonly orders: readonly Order[];
  readonly side: 'buy' | 'sell';
}): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const mine = orders.filter((order) => order.side === side);
  if (mine.length === 0) return null;
  const quantity = mine.reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
  if (mine.some((order) => order.state === 'unconfirmed')) {
    return <span className="tag wait">{number(quantity)} ?</span>;
  }
  const busy = mine.some((order) => order.pending === 'cancel' || order.state === 'submitting');
  const label = t('book.cancelOwn', { side: t(`side.${side}`), quantity: number(quantity) });
  return (
    <button
      type="button"
      className={`tag ${side === 'buy' ? 'b' : 's'}${busy ? ' busy' : ''}`}
      aria-label={label}
      title={label}
      disabled={busy}
      data-testid={`book-own-${side}-${mine[0]?.price ?? 0}`}
      onClick={() => mine.forEach((order) => workstation.cancelOrder(order.orderId))}
    >
      {number(quantity)}
      <Icon name="x" />
    </button>
  );
}

const NONE: readonly Order[] = [];

const Row = memo(function Row(props: {
  readonly rung: Rung;
  readonly base: number;
  readonly isLast: boolean;
  readonly most: number;
  readonly delta: number;
  readonly own: readonly Order[];
}): JSX.Element {
  const t = useText();
  const { rung, base } = props;
  const { level } = rung;
  const asks = rung.side === 'ask';
  const bar = level && <span className="bar" style={{ width: `${(level.qty / props.most) * 100}%` }} />;
  const quantity = level && (
    <>
      {bar}
      <span className="v num">{number(level.qty)}</span>
    </>
  );
  const delta = props.delta !== 0 && signed(props.delta);
  const deltaClass = props.delta > 0 ? 'dl num plus' : 'dl num';
  const change = level ? level.price - base : 0;
  // A row that moves on to another price is another button: a press begun on one price can never end on the next.
  const at = level?.price ?? 0;
  return (
    <div
      className={`lrow ${rung.side}${props.isLast ? ' last' : ''}`}
      data-testid={`book-${rung.side}-${rung.depth + 1}`}
    >
      <div className="own">
        <OwnTag key={at} orders={props.own} side="sell" />
      </div>
      <div className={asks ? 'q1' : `q1 r ${deltaClass}`}>{asks ? quantity : delta}</div>
      {level ? (
        <button
          type="button"
          key={at}
          className={`p ${direction(change)}`}
          aria-label={t('book.pick', { price: number(level.price) })}
          onClick={() => writeOrder({ priceText: number(level.price), type: 'limit' })}
        >
          <b className="num">{number(level.price)}</b>
          <em className="num">{changePercent(change, base).replace('%', '')}</em>
        </button>
      ) : (
        <span className="p" />
      )}
      <div className={asks ? `q2 ${deltaClass}` : 'q2'}>{asks ? delta : quantity}</div>
      <div className="own">
        <OwnTag key={at} orders={props.own} side="buy" />
      </div>
    </div>
  );
});

/** Covers the ladder while its prices may not be believed. */
function StaleVeil(): JSX.Element {
  const t = useText();
  return (
    <div className="veil" role="alert" data-testid="book-stale">
      <div className="box">
        <h4>
          <Icon name="warn" />
          {t('stale.title')}
        </h4>
        <p>{t('stale.body')}</p>
      </div>
    </div>
  );
}

export function OrderBookPanel(): JSX.Element {
  const t = useText();
  const instrumentId = useView((state) => state.instrumentId);
  const quote = useQuote(instrumentId);
  const book = useBook(instrumentId);
  const account = useAccount();
  const orders = useDesk((state) => state.orders);
  const liveness = useLiveness();
  const own = useMemo(
    () => ownOrders(orders.values(), account?.accountId ?? null, instrumentId),
    [orders, account?.accountId, instrumentId],
  );
  const { clock } = useWorkstation();
  const [memory] = useState(() => new LevelMemory());
  const changes = memory.after(book, clock.now());
  if (instrumentId === null) return <Empty icon="list" title={t('book.none')} body={t('book.noneBody')} />;
  if (!quote) return <Skeleton rows={12} />;
  const most = deepest(book);
  const asks = book?.totalAskQty ?? 0;
  const bids = book?.totalBidQty ?? 0;
  return (
    <>
      <QuoteHead quote={quote} />
      {book?.expected && (
        <div className="exp-row" data-testid="book-expected">
          <span>{t('book.expected')}</span>
          <b className={`num ${direction(book.expected.price - quote.base)}`}>{number(book.expected.price)}</b>
          <span className="num">{changePercent(book.expected.price - quote.base, quote.base)}</span>
          <span className="sp" />
          <span className="num">{t('unit.shares', { count: number(book.expected.qty) })}</span>
        </div>
      )}
      <div className="lad" data-testid="order-book">
        <div className="lhead">
          <span className="c">{t('side.sell')}</span>
          <span className="r">{t('book.askQty')}</span>
          <span className="c">{t('book.price')}</span>
          <span>{t('book.bidQty')}</span>
          <span className="c">{t('side.buy')}</span>
        </div>
        {rungs(book).map((rung) => (
          <Row
            key={`${rung.side}${rung.depth}`}
            rung={rung}
            base={quote.base}
            isLast={rung.level !== null && rung.level.price === quote.last}
            most={most}
            delta={rung.level ? (changes.get(rung.level.price)?.delta ?? 0) : 0}
            own={rung.level ? (own.get(rung.level.price) ?? NONE) : NONE}
          />
        ))}
        {asks + bids === 0 && (
          <div className="over">
            <Empty
              icon="list"
              title={t('book.empty')}
              body={t('book.emptyBody', { phase: t(`phase.${quote.phase}`) })}
              testId="book-empty"
            />
          </div>
        )}
      </div>
      <div className="ltot">
        <span />
        <span className="r num">{number(asks)}</span>
        <span className="c">
          <span className="l">{t('book.bidShare')}</span> <b>{share(bids, asks + bids)}</b>
        </span>
        <span className="num">{number(bids)}</span>
        <span />
      </div>
      <div className="lfoot">{t('book.foot')}</div>
      {liveness === 'stale' && <StaleVeil />}
    </>
  );
}
