/** The ladder: ten levels a side of KRX, NXT or both, my orders, the last trade boxed, and what the phase of the issue makes of it. A price pressed becomes the price of the ticket. */
import type { JSX } from 'react';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  priceUnitOf,
  type Interruption,
  type Order,
  type OrderBook,
  type Quote,
  type Side,
} from '#shared/domain/index.ts';
import { isAuction, type Phase } from '#shared/time/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccountFor, useBook, useQuote } from '../../client/hooks.ts';
import { useIssue, usePanel } from '../../client/panel-context.tsx';
import { partsOf, scheduledEnd } from '../../client/venue-day.ts';
import { useCore } from '../../store/core.ts';
import { useDesk } from '../../store/desk.ts';
import { showView } from '../../store/work.ts';
import { type Translate, useText } from '../../text/index.ts';
import { Segment } from '../../ui/controls.tsx';
import { number, numberOr, share } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useLiveness } from '../../ui/live-info.tsx';
import { MarketLack } from '../../ui/market-lack.tsx';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { ProtectionNotes } from '../../ui/protection-note.tsx';
import { AuctionStrip } from './parts/auction-strip.tsx';
import { HaltVeil, InterruptionBanner } from './parts/interruption-note.tsx';
import { LadderFoot } from './parts/ladder-foot.tsx';
import { LadderRow } from './parts/ladder-row.tsx';
import type { LadderHands } from './parts/own-tag.tsx';
import { QuoteHead } from './parts/quote-head.tsx';
import { type Books, deepest, LevelMemory, marksOf, overlaps, ownOrders, rungs } from './parts/rungs.ts';
import { usePress } from './parts/use-press.ts';
import { type LadderVenue, setLadder, useLadder } from './slice.ts';

const VENUES: readonly LadderVenue[] = ['KRX', 'NXT', 'ALL'];
const NONE: readonly Order[] = [];

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

/** Which book is shown, where a VI would be triggered, and the way to the rules. */
function LadderBar({ quote, venue }: { readonly quote: Quote; readonly venue: LadderVenue }): JSX.Element {
  const t = useText();
  const { viUp, viDown, nxt } = quote;
  const { panelId } = usePanel();
  // Other markets know neither NXT nor VI, and their rules are not in the sheet.
  const isShare = priceUnitOf(quote.instrumentId) === 'KRW';
  return (
    <div className="tbar ladbar">
      {isShare && (
        <Segment
          label={t('book.venue')}
          choices={VENUES.map((value) => ({
            value,
            label: t(`venue.${value}`),
            disabled: value !== 'KRX' && nxt === null,
            title: value !== 'KRX' && nxt === null ? t('venue.notOnNxt') : t(`venue.${value}.hint`),
          }))}
          value={venue}
          onChange={(value) => setLadder(panelId, { venue: value })}
          testId="book-venue"
        />
      )}
      <span className="sp" />
      {viUp === null && viDown === null && quote.phase === 'continuous' && isShare && (
        <span className="l" data-testid="book-vi-prices">
          {t('book.viNone')}
        </span>
      )}
      {(viUp !== null || viDown !== null) && (
        <span
          className="vis num"
          title={t('book.viPrices', { up: numberOr(viUp), down: numberOr(viDown) })}
          data-testid="book-vi-prices"
        >
          <span className="l">{t('book.vi')}</span> <span className="u">{numberOr(viUp)}</span>{' '}
          <span className="d">{numberOr(viDown)}</span>
        </span>
      )}
      <button
        type="button"
        className="btn sm"
        aria-label={t('book.rules')}
        title={`${t('book.rulesHint')} (F2)`}
        data-testid="book-rules"
        onClick={() => showView('rules')}
      >
        <Icon name="book" size="sm" />
        <span className="hid-s">{t('book.rules')}</span>
      </button>
    </div>
  );
}

interface Shown {
  readonly books: Books;
  readonly phase: Phase;
  readonly interruption: Interruption | null;
  /** The book whose expected price is shown. */
  readonly main: OrderBook | undefined;
}

/** What the chosen venue shows; both together are in KRX's phase. */
function shownOf(
  quote: Quote,
  venue: LadderVenue,
  books: { readonly krx: OrderBook | undefined; readonly nxt: OrderBook | undefined },
): Shown {
  const { krx, nxt } = books;
  if (venue === 'NXT' && quote.nxt) {
    return { books: { nxt }, phase: quote.nxt.phase, interruption: quote.nxt.interruption, main: nxt };
  }
  return {
    books: venue === 'ALL' ? { krx, nxt } : { krx },
    phase: quote.phase,
    interruption: quote.interruption,
    main: krx,
  };
}

/** What the phase makes of the ladder; null: nothing out of the ordinary. */
function noteText(t: Translate, shown: Shown, venue: LadderVenue): string | null {
  if (shown.phase === 'closed') return t('book.closedFoot');
  if (shown.phase === 'afterMarket') return t('book.afterFoot');
  if (venue === 'ALL' && overlaps(shown.books) && !isAuction(shown.phase)) return t('book.crossed');
  return venue === 'NXT' ? t('book.nxtFoot') : null;
}

/** The rows, their heads and their totals. */
function Ladder({
  quote,
  shown,
  venue,
}: {
  readonly quote: Quote;
  readonly shown: Shown;
  readonly venue: LadderVenue;
}): JSX.Element {
  const t = useText();
  const orders = useDesk((state) => state.orders);
  const { instrumentId, viUp, viDown } = quote;
  const account = useAccountFor(instrumentId);
  const own = useMemo(
    () => ownOrders(orders.values(), account?.accountId ?? null, instrumentId),
    [orders, account?.accountId, instrumentId],
  );
  const mine = useMemo(() => [...own.values()].flat(), [own]);
  const press = usePress(quote, mine);
  const { looksOnly } = usePanel();
  // A row is drawn anew only when it changes: it is given one function for good.
  const latest = useRef(press);
  useLayoutEffect(() => {
    latest.current = press;
  });
  const onPress = useCallback((side: Side | null, price: number) => latest.current.press(side, price), []);
  const hands = useMemo<LadderHands>(
    () => ({
      carry: (side, from, to) => latest.current.carry(side, from, to),
      nudge: (side, from, ticks) => latest.current.nudge(side, from, ticks),
      drop: () => latest.current.drop(),
      letGo: () => latest.current.letGo(),
      holds: (side, from) => latest.current.carried?.side === side && latest.current.carried.from === from,
    }),
    [],
  );
  const { clock } = useWorkstation();
  const [memory] = useState(() => new LevelMemory());
  const both = venue === 'ALL';
  const changes = memory.after(both ? undefined : shown.main, clock.now());
  const expected = isAuction(shown.phase) ? (shown.main?.expected?.price ?? null) : null;
  const rows = rungs(shown.books, expected);
  const most = deepest(rows);
  const marks = marksOf(rows, quote);
  const { krx, nxt } = shown.books;
  const asks = (krx?.totalAskQty ?? 0) + (nxt?.totalAskQty ?? 0);
  const bids = (krx?.totalBidQty ?? 0) + (nxt?.totalBidQty ?? 0);
  const last = venue === 'NXT' ? (quote.nxt?.last ?? null) : quote.last;
  const inVi = (price: number): boolean => (viUp !== null && price >= viUp) || (viDown !== null && price <= viDown);
  return (
    <>
      {press.paused && !looksOnly && <ProtectionNotes protections={[press.paused]} click testId="ladder-paused" />}
      <div className={press.paused && !looksOnly ? 'lad paused' : 'lad'} data-testid="order-book">
        <div className="lhead">
          <span className="c">{t('side.sell')}</span>
          <span className="r">{t(both ? 'book.krxQty' : 'book.askQty')}</span>
          <span className="c">{t('book.price')}</span>
          <span className={both ? 'nxt' : ''}>{t(both ? 'book.nxtQty' : 'book.bidQty')}</span>
          <span className="c">{t('side.buy')}</span>
        </div>
        {rows.map((rung, at) => (
          <LadderRow
            key={at}
            rung={rung}
            base={quote.base}
            unit={priceUnitOf(quote.instrumentId)}
            isLast={rung.price !== null && rung.price === last}
            expected={rung.price !== null && rung.price === expected}
            most={most}
            delta={rung.price === null ? 0 : (changes.get(rung.price)?.delta ?? 0)}
            own={rung.price === null ? NONE : (own.get(rung.price) ?? NONE)}
            mark={rung.price === null ? undefined : marks.get(rung.price)}
            inVi={rung.price !== null && inVi(rung.price)}
            both={both}
            onPress={onPress}
            by={press.settings.by}
            sided={press.settings.act !== 'price' && !looksOnly}
            hands={hands}
            carried={rung.price !== null && press.carried?.to === rung.price ? press.carried.side : null}
          />
        ))}
        {asks + bids === 0 && shown.phase !== 'halted' && (
          <div className="over">
            <Empty
              icon="list"
              title={t('book.empty')}
              body={t('book.emptyBody', { phase: t(`phase.${shown.phase}`) })}
              testId="book-empty"
            />
          </div>
        )}
      </div>
      <div className="ltot">
        <span />
        <span className="r num">
          {both && <span className="l">{t('side.sell')} </span>}
          {number(asks)}
        </span>
        <span className="c">
          <span className="l">{t('book.bidShare')}</span> <b>{share(bids, asks + bids)}</b>
        </span>
        <span className="num">
          {both && <span className="l">{t('side.buy')} </span>}
          {number(bids)}
        </span>
        <span />
      </div>
      <LadderFoot press={press} own={mine} instrumentId={instrumentId} note={noteText(t, shown, venue)} />
    </>
  );
}

export function OrderBookPanel(): JSX.Element {
  const t = useText();
  const instrumentId = useIssue();
  const { panelId } = usePanel();
  const quote = useQuote(instrumentId);
  const chosen = useLadder(panelId).venue;
  const status = useCore((state) => state.moment);
  const venue = quote?.nxt ? chosen : 'KRX';
  const krx = useBook(venue === 'NXT' ? null : instrumentId, 'KRX');
  const nxt = useBook(venue === 'KRX' ? null : instrumentId, 'NXT');
  const liveness = useLiveness();
  if (instrumentId === null) return <Empty icon="list" title={t('book.none')} body={t('book.noneBody')} />;
  if (!quote)
    return (
      <MarketLack instrumentId={instrumentId}>
        <Skeleton rows={12} />
      </MarketLack>
    );
  const shown = shownOf(quote, venue, { krx, nxt });
  const now = status?.simTs ?? quote.exchangeTs;
  const halted = shown.phase === 'halted';
  const auction = isAuction(shown.phase);
  const { interruption } = shown;
  return (
    <>
      <QuoteHead quote={quote} venue={venue} />
      <LadderBar quote={quote} venue={venue} />
      {interruption && !halted && <InterruptionBanner interruption={interruption} now={now} />}
      {auction && (
        <AuctionStrip
          book={shown.main}
          base={quote.base}
          // The banner above already counts down.
          endTs={interruption ? null : scheduledEnd(partsOf(status, venue === 'NXT' ? 'NXT' : 'KRX'), shown, now)}
          now={now}
        />
      )}
      <div className="lad-wrap">
        <Ladder quote={quote} shown={shown} venue={venue} />
        {halted && <HaltVeil interruption={interruption} now={now} />}
      </div>
      {liveness === 'stale' && <StaleVeil />}
    </>
  );
}
