/** The ticket: side, account, type, price, quantity, cost, verdict, button, always in this order. */
import type { ClipboardEvent, JSX, KeyboardEvent } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { currencyOf, isPriced, type OrderType, type Quote } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccountFor, usePositions, useQuote } from '../../client/hooks.ts';
import { useIssue, usePanel } from '../../client/panel-context.tsx';
import { stepPrice, tableOf } from '../../client/price-steps.ts';
import { useSubmit } from '../../client/submit.ts';
import { useCore } from '../../store/core.ts';
import { useConnection } from '../../store/connection.ts';
import { useDesk } from '../../store/desk.ts';
import { changeDraft, type DraftChange, type DraftState, draftOf, joinTicket, useDraft } from '../../store/draft.ts';
import { atBroker, useEnvironment } from '../../store/environment.ts';
import { useInstruments } from '../../store/instruments.ts';
import { issueOf } from '../../store/links.ts';
import { senderOf, unknownSides, useOnTheWay } from '../../store/on-the-way.ts';
import { type TextKey, useText } from '../../text/index.ts';
import { number } from '../../ui/format.ts';
import { issueMoney, money } from '../../ui/money.ts';
import { Icon } from '../../ui/icons.tsx';
import { LostNote } from '../../ui/lost-note.tsx';
import { Empty } from '../../ui/panel.tsx';
import { CostLines } from './parts/cost-lines.tsx';
import { readDraft } from './parts/draft-order.ts';
import { type EntryFault, readEntry } from './parts/entry.ts';
import { AccountRow, RouteRow, SideRow } from './parts/head-rows.tsx';
import { IssueLine } from './parts/issue-line.tsx';
import { KindNote } from './parts/kind-note.tsx';
import { LockNote, useEnvironmentBlock } from './parts/lock-note.tsx';
import { QuantityRows } from './parts/quantity-rows.tsx';
import { PriceRows, StopRow } from './parts/price-rows.tsx';
import { TimePicker, TypePicker } from './parts/type-picker.tsx';
import { useChoices } from './parts/use-choices.ts';
import { GuardBox } from './parts/guard-box.tsx';
import { SubmitButton } from './parts/submit-button.tsx';
import { usePreview } from './parts/use-preview.ts';

/** A press this soon after another issue came under the ticket was aimed at the old one, milliseconds. */
const SETTLE_MS = 500;
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
function useStartPrice(ticket: string, instrumentId: string, quote: Quote | undefined): void {
  const pricedFor = useRef<{ readonly instrumentId: string; readonly market: string } | null>(null);
  const plan = useCore((state) => state.status?.plan);
  const market = quote?.instrumentId === instrumentId ? `${quote.sessionDate}|${JSON.stringify(plan)}` : null;
  const start = quote ? (quote.last ?? quote.base) : null;
  useEffect(() => {
    const before = pricedFor.current;
    if (market === null || start === null) return;
    if (before?.market === market && before.instrumentId === instrumentId) return;
    const otherDay = before?.instrumentId === instrumentId;
    // A price typed or picked for this issue before the quote came is kept.
    if (otherDay || draftOf(ticket, instrumentId).priceText === '')
      changeDraft(ticket, instrumentId, { priceText: issueMoney(start, instrumentId) });
    pricedFor.current = { instrumentId, market };
  }, [ticket, market, start, instrumentId]);
}

/** Why a press was held back: the issue had just become another one, the fate of an order of that side is not known, or a pasted text was no number. */
type Held =
  | { readonly why: 'moved' }
  | { readonly why: 'unknown'; readonly allowDuplicate: boolean }
  | { readonly why: 'paste'; readonly fault: EntryFault };

/** What was held back, and why; where the user may insist, the way to do so. */
function HeldNote(props: {
  readonly held: Held;
  readonly name: string;
  readonly onAnyway: (() => void) | null;
}): JSX.Element {
  const t = useText();
  const { held } = props;
  return (
    <div className="guard no" role="alert" data-testid="ticket-held">
      <div className="h">
        <Icon name="warn" />
        {held.why === 'moved'
          ? t('ticket.moved', { name: props.name })
          : t(held.why === 'unknown' ? 'ticket.unknown' : 'entry.refused')}
      </div>
      <p>
        {held.why === 'paste'
          ? t(`entry.${held.fault}`)
          : t(held.why === 'moved' ? 'ticket.movedBody' : 'ticket.unknownBody')}
      </p>
      {props.onAnyway && (
        <div className="acts">
          <button type="button" className="btn sm" data-testid="ticket-anyway" onClick={props.onAnyway}>
            {t('ticket.anyway')}
          </button>
        </div>
      )}
    </div>
  );
}

function TicketForm({ instrumentId }: { readonly instrumentId: string }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const panel = usePanel();
  const ticket = panel.panelId;
  const { group } = panel;
  const draft = useDraft(ticket, instrumentId);
  const setDraft = (change: DraftChange): void => changeDraft(ticket, instrumentId, change);
  const { clock } = workstation;
  useLayoutEffect(() => joinTicket(ticket, { group, instrumentId }), [ticket, group, instrumentId]);
  // Monotonic milliseconds at which another issue came under the ticket; null: none has.
  const shown = useRef<{ readonly instrumentId: string; readonly since: number | null }>({ instrumentId, since: null });
  useLayoutEffect(() => {
    if (shown.current.instrumentId !== instrumentId) shown.current = { instrumentId, since: clock.monotonicMs() };
  }, [instrumentId, clock]);
  const [held, setHeld] = useState<{ readonly at: DraftState; readonly held: Held } | null>(null);
  const account = useAccountFor(instrumentId);
  const revision = useDesk((state) => state.revision);
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  const online = useConnection((state) => state.link.phase === 'open');
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const quote = useQuote(instrumentId);
  const accountId = account?.accountId ?? null;
  const position = usePositions(accountId).find((each) => each.instrumentId === instrumentId);
  useStartPrice(ticket, instrumentId, quote);
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
  const generation = useEnvironment((state) => state.status?.generation ?? 0);
  const sender = senderOf(generation, ticket);
  const submit = useSubmit(sender, JSON.stringify(read.order));
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
  const inputOf = (missingKey: TextKey | null): typeof priceInput => {
    if (missingKey === 'ticket.needStop' || missingKey === 'ticket.badStop') return stopInput;
    return missingKey === 'ticket.needPrice' || missingKey === 'ticket.badPrice' ? priceInput : quantityInput;
  };
  const send = (allowDuplicate: boolean, anyway = false): void => {
    if (halted || !online || block !== null || submit.lost) return;
    // The order carries the issue that stands in this ticket; where another one is coming under it, nothing leaves.
    const now = group === null ? (panel.instrumentId ?? issueOf('A')) : issueOf(group);
    const changedAt = shown.current.since;
    if (now !== instrumentId || (changedAt !== null && clock.monotonicMs() - changedAt < SETTLE_MS)) {
      setHeld({ at: draft, held: { why: 'moved' } });
      return;
    }
    const known = { onTheWay: useOnTheWay.getState(), orders: useDesk.getState().orders.values() };
    if (read.order && !anyway && unknownSides({ sender, accountId, instrumentId }, known).has(draft.side)) {
      setHeld({ at: draft, held: { why: 'unknown', allowDuplicate } });
      return;
    }
    setHeld(null);
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
  const spell = (text: string): string => {
    const entry = readEntry(text, currency);
    return entry.ok ? money(entry.value, currency) : text;
  };
  const paste = (event: ClipboardEvent<HTMLDivElement>): void => {
    const id = event.target instanceof HTMLInputElement ? event.target.dataset['testid'] : undefined;
    if (id !== 'ticket-price' && id !== 'ticket-stop' && id !== 'ticket-quantity') return;
    const entry = readEntry(event.clipboardData.getData('text'), id === 'ticket-quantity' ? 'quantity' : currency);
    event.preventDefault();
    if (!entry.ok) {
      setHeld({ at: draft, held: { why: 'paste', fault: entry.fault } });
      return;
    }
    // The whole field is the number pasted: joined to digits that stood there it would be another one.
    setHeld(null);
    if (id === 'ticket-quantity') setDraft({ quantityText: number(entry.value) });
    else setDraft({ [id === 'ticket-price' ? 'priceText' : 'stopText']: money(entry.value, currency) });
  };
  // What was held back is told until the order is changed.
  const told = held?.at === draft ? held.held : null;

  return (
    <div className="tk" onKeyDown={keyDown} onPaste={paste} data-testid="order-ticket">
      <IssueLine instrument={instrument} instrumentId={instrumentId} />
      <SideRow side={draft.side} onSide={(side) => setDraft({ side })} />
      <AccountRow accountId={accountId} />
      <RouteRow instrument={instrument} quote={quote} route={route} onRoute={(value) => setDraft({ route: value })} />
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
        average={position ? Math.round(position.costKrw / position.quantity) : null}
        table={table}
      />
      <QuantityRows
        text={draft.quantityText}
        quantity={read.quantity}
        invalid={missing === 'ticket.badQuantity' || missing === 'ticket.badNumber'}
        lot={lot}
        most={most}
        price={
          isPriced(draft.type) ? read.price : draft.side === 'buy' ? (quote?.upperLimit ?? null) : (quote?.last ?? null)
        }
        currency={currency}
        inputRef={quantityInput}
        onText={(quantityText) => setDraft({ quantityText })}
        onStep={changeQuantity}
      />
      <div className="hr" />
      <CostLines
        preview={read.order ? preview.preview : null}
        side={draft.side}
        market={!isPriced(draft.type)}
        sessionDate={quote?.sessionDate}
        currency={currency}
      />
      <span className="sp" />
      {submit.lost ? (
        <LostNote lost={submit.lost} onAskAgain={submit.askAgain} onGiveUp={submit.giveUp} testId="ticket" />
      ) : told ? (
        <HeldNote
          held={told}
          name={instrument?.nameKo ?? instrumentId}
          onAnyway={told.why === 'unknown' ? () => send(told.allowDuplicate, true) : null}
        />
      ) : block === 'ticket.locked' && !submit.result ? (
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
          submit.lost
            ? 'ticket.checking'
            : !online
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
  const instrumentId = useIssue();
  const generation = useEnvironment((state) => state.status?.generation ?? 0);
  if (instrumentId === null) return <Empty icon="list" title={t('book.none')} body={t('book.noneBody')} />;
  // An order that was being written is of its environment: nothing of it goes on in another one.
  return <TicketForm key={generation} instrumentId={instrumentId} />;
}
