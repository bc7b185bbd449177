/** The price rows of the ticket: stop price, price or what stands for it, and the buttons that take a price from the market. */
import type { JSX, RefObject } from 'react';
import { useState } from 'react';
import {
  isPriced,
  type InstrumentId,
  priceUnitOf,
  type OrderType,
  type Quote,
  type Route,
  type Side,
} from '#shared/domain/index.ts';
import type { TickTable } from '#shared/market/index.ts';
import { takenPrice } from '../../../client/order-choices.ts';
import { useCore } from '../../../store/core.ts';
import { atBroker } from '../../../store/environment.ts';
import { useText } from '../../../text/index.ts';
import { NumberField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { priceWord } from '../../../ui/issue-units.ts';
import { issuePrice } from '../../../ui/money.ts';
import { PercentRow } from './percent-row.tsx';

/** "55,850" or "55,850.5": the middle of two prices may lie between two won. */
function halfText(value: number, instrumentId: InstrumentId): string {
  if (priceUnitOf(instrumentId) !== 'KRW') return issuePrice(Math.round(value), instrumentId);
  return Number.isInteger(value) ? number(value) : `${number(Math.floor(value))}.5`;
}

/** What stands for the price of a type that carries none. */
export function PriceNote(props: {
  readonly type: OrderType;
  readonly side: Side;
  readonly route: Route;
  readonly quote: Quote | undefined;
  readonly instrumentId: InstrumentId;
}): JSX.Element {
  const t = useText();
  const { type, quote, instrumentId } = props;
  const price = quote ? takenPrice({ ...props, quote }) : null;
  const fixed = type === 'preClose' || type === 'postClose';
  const text =
    type === 'market'
      ? t('ticket.atMarket')
      : price === null || price === 0
        ? t('ticket.noPriceNone')
        : t(fixed ? 'ticket.atClose' : 'ticket.noPriceAt', { price: halfText(price, instrumentId) });
  return (
    <span className="fixed el" title={t('ticket.noPrice')} data-testid="ticket-no-price">
      {text}
    </span>
  );
}

/** What a field for a price shows, and what is done in it. */
interface PriceInput {
  readonly text: string;
  readonly invalid: boolean;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onText: (text: string) => void;
  readonly onStep: (steps: number) => void;
  readonly onLeave: () => void;
  readonly instrumentId: InstrumentId;
}

function PriceField({
  input,
  ...names
}: {
  readonly input: PriceInput;
  readonly label: string;
  readonly testId: string;
  readonly lessLabel: string;
  readonly moreLabel: string;
}): JSX.Element {
  const t = useText();
  const { text, invalid, inputRef, onText, onStep, onLeave, instrumentId } = input;
  const shown = { text, invalid, inputRef, onText, onStep, onLeave };
  return <NumberField {...names} {...shown} unit={priceWord(t, instrumentId)} />;
}

/** The stop price, and what happens when it is reached. */
export function StopRow(props: PriceInput & { readonly side: Side }): JSX.Element {
  const t = useText();
  const broker = useCore((state) => atBroker(state.environment));
  return (
    <>
      <div className="fr">
        <span className="l">{t('ticket.stopShort')}</span>
        <PriceField
          input={props}
          label={t('ticket.stop')}
          testId="ticket-stop"
          lessLabel={t('ticket.stopDown')}
          moreLabel={t('ticket.stopUp')}
        />
      </div>
      <div className="fr slim">
        <span />
        <span className="note" data-testid="ticket-stop-lives">
          {t(props.side === 'buy' ? 'ticket.stopBuy' : 'ticket.stopSell')}{' '}
          {t(broker ? 'cond.lives.exchange' : 'cond.lives.practice')}
        </span>
      </div>
    </>
  );
}

/** The price, and the market's prices to take it from; a type without a price says what it is sent at. */
export function PriceRows(
  props: PriceInput & {
    readonly type: OrderType;
    readonly side: Side;
    readonly route: Route;
    readonly quote: Quote | undefined;
    readonly onPick: (price: number | null | undefined) => void;
    /** Average price of what is held; null: nothing is. */
    readonly average: number | null;
    readonly table: TickTable | null;
  },
): JSX.Element {
  const t = useText();
  const [byPercent, setByPercent] = useState(false);
  const { quote, route } = props;
  const book = route === 'NXT' && quote?.nxt ? quote.nxt : quote;
  return (
    <>
      <div className="fr">
        <span className="l">{t('ticket.price')}</span>
        {isPriced(props.type) ? (
          <PriceField
            input={props}
            label={t('ticket.price')}
            testId="ticket-price"
            lessLabel={t('ticket.tickDown')}
            moreLabel={t('ticket.tickUp')}
          />
        ) : (
          <PriceNote
            type={props.type}
            side={props.side}
            route={route}
            quote={quote}
            instrumentId={props.instrumentId}
          />
        )}
      </div>
      <div className="fr">
        <span />
        <span className="q4 picks">
          <button
            type="button"
            data-testid="ticket-price-upper"
            disabled={!quote?.upperLimit}
            onClick={() => props.onPick(quote?.upperLimit)}
          >
            {t('ticket.upper')}
          </button>
          <button
            type="button"
            data-testid="ticket-price-last"
            onClick={() => props.onPick(book?.last ?? quote?.last ?? quote?.base)}
          >
            {t('ticket.last')}
          </button>
          <button
            type="button"
            data-testid="ticket-price-ask"
            disabled={!book?.ask}
            onClick={() => props.onPick(book?.ask)}
          >
            {t('ticket.ask1')}
          </button>
          <button
            type="button"
            data-testid="ticket-price-bid"
            disabled={!book?.bid}
            onClick={() => props.onPick(book?.bid)}
          >
            {t('ticket.bid1')}
          </button>
          <button
            type="button"
            data-testid="ticket-price-lower"
            disabled={!quote?.lowerLimit}
            onClick={() => props.onPick(quote?.lowerLimit)}
          >
            {t('ticket.lower')}
          </button>
          <button
            type="button"
            aria-pressed={byPercent}
            aria-label={t('ticket.percent')}
            className={byPercent ? 'on' : ''}
            data-testid="ticket-by-percent"
            onClick={() => setByPercent(!byPercent)}
          >
            %
          </button>
        </span>
      </div>
      {byPercent && (
        <PercentRow
          from={{ last: book?.last ?? quote?.last ?? null, base: quote?.base ?? null, average: props.average }}
          table={props.table}
          onPick={props.onPick}
        />
      )}
    </>
  );
}
