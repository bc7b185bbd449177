/** The ticket: side, account, type, price, quantity, cost, verdict, button, always in this order. */
import type { JSX, KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import { currencyOf, isPriced, type OrderType, type Quote, type Route } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccountFor, useQuote } from '../../client/hooks.ts';
import { routeLack, useLacks } from '../../client/lacks.ts';
import { stepPrice, tableOf } from '../../client/price-steps.ts';
import { useCore } from '../../store/core.ts';
import { useConnection } from '../../store/connection.ts';
import { useDesk } from '../../store/desk.ts';
import { type DraftState, setDraft, useDraft } from '../../store/draft.ts';
import { atBroker, useEnvironment } from '../../store/environment.ts';
import { useInstruments } from '../../store/instruments.ts';
import { openDialog } from '../../store/overlay.ts';
import { useView } from '../../store/view.ts';
import { type TextKey, useText } from '../../text/index.ts';
import { NumberField, Segment, Select } from '../../ui/controls.tsx';
import { number } from '../../ui/format.ts';
import { issueMoney, money, parseMoney } from '../../ui/money.ts';
import { Empty } from '../../ui/panel.tsx';
import { parseWhole } from '../../ui/parse.ts';
import { CostLines } from './parts/cost-lines.tsx';
import { readDraft, shareOfMost } from './parts/draft-order.ts';
import { KindNote } from './parts/kind-note.tsx';
import { LockNote, useEnvironmentBlock } from './parts/lock-note.tsx';
import { PriceRows, StopRow } from './parts/price-rows.tsx';
import { TimePicker, TypePicker } from './parts/type-picker.tsx';
import { useChoices } from './parts/use-choices.ts';
import { GuardBox } from './parts/guard-box.tsx';
import { SubmitButton } from './parts/submit-button.tsx';
import { usePreview } from './parts/use-preview.ts';
import { useSubmit } from './parts/use-submit.ts';

const ROUTES: readonly Route[] = ['KRX', 'NXT', 'SOR'];
const SHARES = [10, 25, 50] as const;
/** Asked about while no quantity is written, to learn how many could be ordered. */
const PROBE_QUANTITY = '1';

/** What the fields lack, as a text; null where nothing. */
function missingText(draft: DraftState, read: ReturnType<typeof readDraft>): TextKey | null {
  if (read.order) return null;
  if (draft.type === 'stopLimit' && read.stopPrice === null)
    return draft.stopText.trim() === '' ? 'ticket.needStop' : 'ticket.badStop';
  if (isPriced(draft.type) && read.price === null)
    return draft.priceText.trim() === '' ? 'ticket.needPrice' : 'ticket.badPrice';
  if (read.quantity === null) return draft.quantityText.trim() === '' ? 'ticket.needQuantity' : 'ticket.badQuantity';
  return 'ticket.badNumber';
}

/** The price of another issue, or of another day, starts at its last one; choosing an issue has emptied the fields. */
function useStartPrice(instrumentId: string, quote: Quote | undefined): void {
  const pricedFor = useRef<string | null>(null);
  const plan = useCore((state) => state.status?.plan);
  const market = quote ? `${instrumentId}|${quote.sessionDate}|${JSON.stringify(plan)}` : null;
  const start = quote ? (quote.last ?? quote.base) : null;
  useEffect(() => {
    if (market === null || start === null || pricedFor.current === market) return;
    // A first price typed before the quote came is kept.
    if (pricedFor.current !== null || useDraft.getState().priceText === '')
      setDraft({ priceText: issueMoney(start, instrumentId) });
    pricedFor.current = market;
  }, [market, start, instrumentId]);
}

function TicketForm({ instrumentId }: { readonly instrumentId: string }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const draft = useDraft();
  const account = useAccountFor(instrumentId);
  const accounts = useDesk((state) => state.accounts);
  const revision = useDesk((state) => state.revision);
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  const online = useConnection((state) => state.link.phase === 'open');
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const quote = useQuote(instrumentId);
  const accountId = account?.accountId ?? null;
  useStartPrice(instrumentId, quote);
  const lacks = useLacks();
  const broker = useCore((state) => atBroker(state.environment));
  const block = useEnvironmentBlock();

  const choices = useChoices(draft, { quote, instrument });
  const { route, session } = choices;
  const of = useMemo(() => ({ accountId, instrumentId, route, session }), [accountId, instrumentId, route, session]);
  const read = useMemo(() => readDraft(draft, of), [draft, of]);
  const asked = useMemo(
    () => (read.quantity === null ? readDraft({ ...draft, quantityText: PROBE_QUANTITY }, of).order : read.order),
    [draft, read, of],
  );
  const preview = usePreview(asked, revision);
  const submit = useSubmit(JSON.stringify(read.order));
  const table = tableOf(instrument, quote?.sessionDate);
  const currency = currencyOf(instrumentId);
  const lot = instrument?.lotSize ?? 1;
  const most = preview.preview?.maxQuantity ?? null;
  const missing = missingText(draft, read);

  const stopInput = useRef<HTMLInputElement>(null);
  const priceInput = useRef<HTMLInputElement>(null);
  const quantityInput = useRef<HTMLInputElement>(null);
  const { focus } = draft;
  useEffect(() => {
    if (focus.count === 0) return;
    const input = focus.field === 'price' ? priceInput : quantityInput;
    (input.current ?? quantityInput.current)?.focus();
  }, [focus]);

  const changePrice = (steps: number): void => {
    const from = read.price ?? quote?.last ?? quote?.base;
    if (table && from !== undefined && isPriced(draft.type))
      setDraft({ priceText: money(stepPrice(table, from, steps), currency) });
  };
  const changeStop = (steps: number): void => {
    const from = read.stopPrice ?? quote?.last ?? quote?.base;
    if (table && from !== undefined) setDraft({ stopText: money(stepPrice(table, from, steps), currency) });
  };
  const setType = (type: OrderType): void => setDraft({ type, timeInForce: choices.startTime(type) });
  const changeQuantity = (steps: number): void => {
    setDraft({ quantityText: number(Math.max(lot, (read.quantity ?? 0) + steps * lot)) });
  };
  const setPrice = (price: number | null | undefined): void => {
    if (price !== null && price !== undefined)
      setDraft({ priceText: money(price, currency), ...(isPriced(draft.type) ? {} : { type: 'limit' }) });
  };
  const setShare = (percent: number): void => {
    if (most !== null) setDraft({ quantityText: number(shareOfMost(most, percent, lot)) });
  };
  const inputOf = (missingKey: TextKey | null): typeof priceInput => {
    if (missingKey === 'ticket.needStop' || missingKey === 'ticket.badStop') return stopInput;
    return missingKey === 'ticket.needPrice' || missingKey === 'ticket.badPrice' ? priceInput : quantityInput;
  };
  const send = (allowDuplicate: boolean): void => {
    if (halted || !online || block !== null) return;
    if (read.order) submit.send(read.order, allowDuplicate);
    else inputOf(missing).current?.focus();
  };
  const keyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const target = event.target as HTMLElement;
    const sends = target instanceof HTMLInputElement || target.dataset['testid'] === 'order-submit';
    if (event.key === 'Enter' && sends) {
      event.preventDefault();
      if (!event.repeat && !event.nativeEvent.isComposing) send(event.shiftKey);
    } else if (event.key === 'Escape') target.blur();
    else if (target.dataset['testid'] === 'order-submit') stepByArrows(event, { changePrice, changeQuantity });
  };
  const spellWhole = (text: string): string => {
    const value = parseWhole(text);
    return value === null ? text : number(value);
  };
  const spell = (text: string): string => {
    const value = parseMoney(text, currency);
    return value === null ? text : money(value, currency);
  };

  return (
    <div className="tk" onKeyDown={keyDown} data-testid="order-ticket">
      <div className="sides" role="radiogroup" aria-label={t('ticket.side')}>
        {(['buy', 'sell'] as const).map((side) => (
          <button
            key={side}
            type="button"
            role="radio"
            aria-checked={draft.side === side}
            className={draft.side === side ? `on ${side === 'buy' ? 'b' : 's'}` : ''}
            data-testid={`ticket-side-${side}`}
            onClick={() => setDraft({ side })}
          >
            {t(`side.${side}`)}
          </button>
        ))}
      </div>
      <div className="fr">
        <span className="l">{t('ticket.account')}</span>
        {accounts.size === 0 && !broker ? (
          <button
            type="button"
            className="btn"
            data-testid="ticket-new-account"
            onClick={() => openDialog('new-account')}
          >
            {t('account.new')}
          </button>
        ) : (
          <Select
            label={t('ticket.account')}
            value={accountId ?? ''}
            choices={[...accounts.values()].map((entry) => ({ value: entry.accountId, label: entry.name }))}
            onChange={(id) => void workstation.setPreferences({ accountId: id })}
            testId="ticket-account"
          />
        )}
      </div>
      <div className="fr">
        <span className="l">{t('ticket.route')}</span>
        {instrument && currency === 'USD' ? (
          <span data-testid="ticket-exchange">{t(`market.${instrument.market}`)}</span>
        ) : (
          <Segment
            label={t('ticket.route')}
            choices={ROUTES.map((value) => ({
              value,
              label: t(`route.${value}`),
              disabled: (value !== 'KRX' && !quote?.nxt) || routeLack(lacks, value) !== null,
              title:
                routeLack(lacks, value)?.reasonKo ??
                (value !== 'KRX' && !quote?.nxt ? t('venue.notOnNxt') : t(`route.${value}.hint`)),
            }))}
            value={route}
            onChange={(value) => setDraft({ route: value })}
            testId="ticket-route"
          />
        )}
      </div>
      <div className="fr">
        <span className="l">{t('ticket.type')}</span>
        <span className={choices.times.length > 3 ? 'two stack' : 'two'}>
          <TypePicker
            types={choices.types}
            value={draft.type}
            code={choices.code}
            reason={choices.reason}
            route={route}
            phase={choices.phase}
            onType={setType}
          />
          <TimePicker
            times={choices.times}
            type={draft.type}
            value={draft.timeInForce}
            route={route}
            phase={choices.phase}
            onTime={(timeInForce) => setDraft({ timeInForce })}
          />
        </span>
      </div>
      <KindNote choices={choices} type={draft.type} />
      {draft.type === 'stopLimit' && (
        <StopRow
          text={draft.stopText}
          side={draft.side}
          invalid={missing === 'ticket.badStop'}
          inputRef={stopInput}
          currency={currency}
          onText={(stopText) => setDraft({ stopText })}
          onStep={changeStop}
          onLeave={() => setDraft({ stopText: spell(draft.stopText) })}
        />
      )}
      <PriceRows
        type={draft.type}
        side={draft.side}
        route={route}
        quote={quote}
        text={draft.priceText}
        invalid={missing === 'ticket.badPrice'}
        inputRef={priceInput}
        currency={currency}
        onText={(priceText) => setDraft({ priceText })}
        onStep={changePrice}
        onLeave={() => setDraft({ priceText: spell(draft.priceText) })}
        onPick={setPrice}
      />
      <div className="fr">
        <span className="l">{t('ticket.quantity')}</span>
        <NumberField
          label={t('ticket.quantity')}
          text={draft.quantityText}
          unit={t('unit.share')}
          invalid={missing === 'ticket.badQuantity' || missing === 'ticket.badNumber'}
          testId="ticket-quantity"
          inputRef={quantityInput}
          lessLabel={t('ticket.lotDown')}
          moreLabel={t('ticket.lotUp')}
          onText={(quantityText) => setDraft({ quantityText })}
          onStep={changeQuantity}
          onLeave={() => setDraft({ quantityText: spellWhole(draft.quantityText) })}
        />
      </div>
      <div className="fr">
        <span />
        <span className="q4 shares">
          {SHARES.map((percent) => (
            <button
              key={percent}
              type="button"
              data-testid={`ticket-share-${percent}`}
              disabled={most === null}
              onClick={() => setShare(percent)}
            >
              {percent}%
            </button>
          ))}
          <button type="button" data-testid="ticket-share-100" disabled={most === null} onClick={() => setShare(100)}>
            {most === null ? t('ticket.most') : t('ticket.mostOf', { count: number(most) })}
          </button>
        </span>
      </div>
      <div className="hr" />
      <CostLines
        preview={read.order ? preview.preview : null}
        side={draft.side}
        market={!isPriced(draft.type)}
        sessionDate={quote?.sessionDate}
        currency={currency}
      />
      <span className="sp" />
      {block === 'ticket.locked' && !submit.result ? (
        <LockNote />
      ) : (
        <GuardBox missing={missing === null ? null : t(missing)} preview={preview} result={submit.result} />
      )}
      <SubmitButton
        side={draft.side}
        quantity={read.quantity}
        amountKrw={read.order ? preview.preview?.amountKrw || null : null}
        currency={currency}
        sending={submit.sending}
        blocked={
          !online
            ? 'ticket.offline'
            : halted
              ? 'ticket.halted'
              : (block ?? (accountId === null ? (broker ? 'ticket.accountWaiting' : 'ticket.noAccount') : null))
        }
        onSend={send}
      />
    </div>
  );
}

/** On the button itself: up and down move the price, left and right the quantity. */
function stepByArrows(
  event: KeyboardEvent,
  act: { readonly changePrice: (steps: number) => void; readonly changeQuantity: (steps: number) => void },
): void {
  const size = event.shiftKey ? 5 : 1;
  const steps = { ArrowUp: size, ArrowRight: size, ArrowDown: -size, ArrowLeft: -size }[event.key];
  if (steps === undefined) return;
  event.preventDefault();
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') act.changePrice(steps);
  else act.changeQuantity(steps);
}

export function OrderTicket(): JSX.Element {
  const t = useText();
  const instrumentId = useView((state) => state.instrumentId);
  const generation = useEnvironment((state) => state.status?.generation ?? 0);
  if (instrumentId === null) return <Empty icon="list" title={t('book.none')} body={t('book.noneBody')} />;
  // An order that was being written is of its environment: nothing of it goes on in another one.
  return <TicketForm key={generation} instrumentId={instrumentId} />;
}
