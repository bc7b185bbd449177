/** The ticket: side, account, type, price, quantity, cost, verdict, button, always in this order. */
import type { ClipboardEvent, JSX, KeyboardEvent } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isPriced, priceUnitOf, productOf, type OrderType, type Quote } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useAccountFor, useAccountInView, usePositions, useQuote } from '../../client/hooks.ts';
import { useIssue, usePanel } from '../../client/panel-context.tsx';
import { tradeLack, useLacks } from '../../client/lacks.ts';
import { usePresets } from '../../client/presets.ts';
import { stepPrice, tableOf } from '../../client/price-steps.ts';
import { draftKey, useSubmit } from '../../client/submit.ts';
import { averageCost } from '../../client/valuation.ts';
import { useCore } from '../../store/core.ts';
import { useConnection } from '../../store/connection.ts';
import { useDesk } from '../../store/desk.ts';
import { changeDraft, type DraftChange, type DraftState, draftOf, joinTicket, useDraft } from '../../store/draft.ts';
import { atBroker, useEnvironment } from '../../store/environment.ts';
import { useInstruments } from '../../store/instruments.ts';
import { FIRST_GROUP, issueOf } from '../../store/links.ts';
import { senderOf, unknownSides, useOnTheWay } from '../../store/on-the-way.ts';
import { type TextKey, useText } from '../../text/index.ts';
import { number } from '../../ui/format.ts';
import { issuePrice, money } from '../../ui/money.ts';
import { LostNote } from '../../ui/lost-note.tsx';
import { Empty } from '../../ui/panel.tsx';
import { StandingProtections } from '../../ui/protection-note.tsx';
import { BondNote } from './parts/bond-note.tsx';
import { readCondition } from './parts/condition.ts';
import { ConditionRows, ModeRow } from './parts/condition-rows.tsx';
import { ContractNote } from './parts/contract-note.tsx';
import { CostLines } from './parts/cost-lines.tsx';
import { CreditRows } from './parts/credit-rows.tsx';
import { missingText, readDraft } from './parts/draft-order.ts';
import { quantityKind, readEntry } from './parts/entry.ts';
import { AccountRow, RouteRow, SideRow } from './parts/head-rows.tsx';
import { type Held, HeldNote } from './parts/held-note.tsx';
import { IssueLine } from './parts/issue-line.tsx';
import { LackNote } from './parts/lack-note.tsx';
import { KindNote } from './parts/kind-note.tsx';
import { LockNote, useEnvironmentBlock } from './parts/lock-note.tsx';
import { QuantityRows } from './parts/quantity-rows.tsx';
import { PriceRows, StopRow } from './parts/price-rows.tsx';
import { TimePicker, TypePicker } from './parts/type-picker.tsx';
import { useStartFields } from './parts/start-fields.ts';
import { useChoices } from './parts/use-choices.ts';
import { GuardBox } from './parts/guard-box.tsx';
import { stepByArrows, SubmitButton } from './parts/submit-button.tsx';
import { useConditionPreview, usePreview } from './parts/use-preview.ts';

/** A press this soon after another issue came under the ticket was aimed at the old one, milliseconds. */
const SETTLE_MS = 500;
/** Asked about while no quantity is written, to learn how many could be ordered. */
const PROBE_QUANTITY = '1';

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
      changeDraft(ticket, instrumentId, { priceText: issuePrice(start, instrumentId) });
    pricedFor.current = { instrumentId, market };
  }, [ticket, market, start, instrumentId]);
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
  useAccountInView(instrumentId, group === FIRST_GROUP);
  const revision = useDesk((state) => state.revision);
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  const online = useConnection((state) => state.link.phase === 'open');
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const quote = useQuote(instrumentId);
  const accountId = account?.accountId ?? null;
  const position = usePositions(accountId).find((each) => each.instrumentId === instrumentId);
  useStartPrice(ticket, instrumentId, quote);
  const presets = usePresets(instrumentId);
  useStartFields(ticket, instrumentId, presets);
  const broker = useCore((state) => atBroker(state.environment));
  const lack = tradeLack(useLacks(), instrumentId);
  const locked = useEnvironmentBlock();
  // Unlocking or waiting would not help an issue that is not traded here.
  const block = lack === null ? locked : 'ticket.notHere';

  const choices = useChoices(draft, { quote, instrument });
  const { route, session } = choices;
  const of = useMemo(() => ({ accountId, instrumentId, route, session }), [accountId, instrumentId, route, session]);
  // What only waits has a condition in the place of a type and a price.
  const written = useMemo(
    () => (draft.mode === 'wait' ? { ...draft, type: 'market' as const, timeInForce: 'day' as const } : draft),
    [draft],
  );
  const read = useMemo(() => readDraft(written, of), [written, of]);
  const asked = useMemo(
    () => (read.quantity === null ? readDraft({ ...written, quantityText: PROBE_QUANTITY }, of).order : read.order),
    [written, read, of],
  );
  const preview = usePreview(lack === null ? asked : null, revision);
  const table = tableOf(instrument, quote?.sessionDate);
  const last = quote ? (quote.last ?? quote.base) : null;
  const reference = draft.mode === 'protect' ? (read.price ?? last) : last;
  const condition =
    draft.mode === 'now'
      ? null
      : readCondition(draft, {
          accountId,
          instrumentId,
          route,
          quantity: read.quantity,
          entry: read.order,
          reference,
          table,
          today: quote?.sessionDate ?? null,
        });
  const kept = condition?.ok ? { legs: condition.condition.legs, alone: draft.mode === 'wait' } : null;
  const conditionPreview = useConditionPreview(condition?.ok && lack === null ? condition.condition : null, revision);
  const sender = useEnvironment((state) => senderOf(state.status, ticket));
  const submit = useSubmit(sender, draftKey(read.order, kept));
  const unit = priceUnitOf(instrumentId);
  // A lot that only the broker knows comes with the quote.
  const lot = quote?.lotSize ?? (instrument?.lotSize || 1);
  const most = preview.preview?.maxQuantity ?? null;
  const missing = missingText(written, read) ?? (condition?.ok === false ? condition.why : null);

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
      setDraft({ priceText: money(stepPrice(table, from, steps), unit) });
  };
  const changeStop = (steps: number): void => {
    const from = read.stopPrice ?? quote?.last ?? quote?.base;
    if (table && from !== undefined) setDraft({ stopText: money(stepPrice(table, from, steps), unit) });
  };
  const stepped = (text: string, way: 'below' | 'above', steps: number): string => {
    const entry = readEntry(text, unit);
    const from = entry.ok ? entry.value : reference;
    if (!table || from === null) return text;
    // An empty field begins beside the market, on its own side of it.
    return money(stepPrice(table, from, entry.ok ? steps : way === 'below' ? -Math.abs(steps) : Math.abs(steps)), unit);
  };
  const setType = (type: OrderType): void => setDraft({ type, timeInForce: choices.startTime(type) });
  const changeQuantity = (steps: number): void => {
    setDraft({ quantityText: number(Math.max(lot, (read.quantity ?? 0) + steps * lot)) });
  };
  const setPrice = (price: number | null | undefined): void => {
    if (price !== null && price !== undefined)
      setDraft({ priceText: money(price, unit), ...(isPriced(draft.type) ? {} : { type: 'limit' }) });
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
    if (
      read.order &&
      missing === null &&
      !anyway &&
      unknownSides({ sender, accountId, instrumentId }, known).has(draft.side)
    ) {
      setHeld({ at: draft, held: { why: 'unknown', allowDuplicate } });
      return;
    }
    setHeld(null);
    if (read.order && missing === null) submit.send(read.order, allowDuplicate, kept);
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
    const entry = readEntry(text, unit);
    return entry.ok ? money(entry.value, unit) : text;
  };
  const paste = (event: ClipboardEvent<HTMLDivElement>): void => {
    const id = event.target instanceof HTMLInputElement ? event.target.dataset['testid'] : undefined;
    if (id !== 'ticket-price' && id !== 'ticket-stop' && id !== 'ticket-quantity') return;
    const entry = readEntry(
      event.clipboardData.getData('text'),
      id === 'ticket-quantity' ? quantityKind(instrumentId) : unit,
    );
    event.preventDefault();
    if (!entry.ok) {
      setHeld({ at: draft, held: { why: 'paste', fault: entry.fault } });
      return;
    }
    // The whole field is the number pasted: joined to digits that stood there it would be another one.
    setHeld(null);
    if (id === 'ticket-quantity') setDraft({ quantityText: number(entry.value) });
    else setDraft({ [id === 'ticket-price' ? 'priceText' : 'stopText']: money(entry.value, unit) });
  };
  // What was held back is told until the order is changed.
  const told = held?.at === draft ? held.held : null;

  return (
    <div className="tk" onKeyDown={keyDown} onPaste={paste} data-testid="order-ticket">
      <IssueLine instrument={instrument} instrumentId={instrumentId} presets={presets} />
      <SideRow side={draft.side} onSide={(side) => setDraft({ side, credit: null })} />
      <AccountRow accountId={accountId} />
      <RouteRow instrument={instrument} quote={quote} route={route} onRoute={(value) => setDraft({ route: value })} />
      <ModeRow draft={draft} onChange={setDraft} />
      <CreditRows accountId={accountId} {...{ instrumentId, draft, revision }} onChange={setDraft} />
      {draft.mode !== 'wait' && (
        <>
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
          <KindNote instrumentId={instrumentId} choices={choices} type={draft.type} />
          {draft.type === 'stopLimit' && (
            <StopRow
              text={draft.stopText}
              side={draft.side}
              invalid={missing === 'ticket.badStop'}
              inputRef={stopInput}
              instrumentId={instrumentId}
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
            instrumentId={instrumentId}
            onText={(priceText) => setDraft({ priceText })}
            onStep={changePrice}
            onLeave={() => setDraft({ priceText: spell(draft.priceText) })}
            onPick={setPrice}
            average={position ? averageCost(position) : null}
            table={table}
          />
        </>
      )}
      <QuantityRows
        text={draft.quantityText}
        side={draft.side}
        quantity={read.quantity}
        invalid={missing === 'ticket.badQuantity' || missing === 'ticket.badNumber'}
        lot={lot}
        most={most}
        price={
          isPriced(written.type)
            ? read.price
            : draft.side === 'buy'
              ? (quote?.upperLimit ?? null)
              : (quote?.last ?? null)
        }
        instrumentId={instrumentId}
        inputRef={quantityInput}
        onText={(quantityText) => setDraft({ quantityText })}
        onStep={changeQuantity}
      />
      {productOf(instrumentId) === 'bond' && <BondNote quantity={read.quantity} quote={quote} />}
      <ContractNote preview={preview.preview} quantity={read.quantity} />
      {draft.mode !== 'now' && (
        <ConditionRows draft={draft} instrumentId={instrumentId} onChange={setDraft} stepped={stepped} />
      )}
      <div className="hr" />
      <CostLines
        preview={read.order ? preview.preview : null}
        side={draft.side}
        market={!isPriced(written.type)}
        sessionDate={quote?.sessionDate}
        instrumentId={instrumentId}
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
      ) : lack && !submit.result ? (
        <LackNote lack={lack} />
      ) : block === 'ticket.locked' && !submit.result ? (
        <LockNote />
      ) : (
        <GuardBox
          missing={missing === null ? null : t(missing)}
          // The order that only waits is judged when its price is reached.
          preview={draft.mode === 'wait' ? null : preview}
          condition={condition === null ? null : conditionPreview}
          result={submit.result}
        />
      )}
      <StandingProtections
        accountId={accountId}
        instrumentId={instrumentId}
        side={draft.side}
        automated={draft.mode !== 'now'}
      />
      <SubmitButton
        side={draft.side}
        quantity={read.quantity}
        amountKrw={read.order ? preview.preview?.amountKrw || null : null}
        instrumentId={instrumentId}
        sending={submit.sending}
        waits={draft.mode === 'wait'}
        onCredit={asked?.credit !== undefined}
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

export function OrderTicket(): JSX.Element {
  const t = useText();
  const instrumentId = useIssue();
  const generation = useEnvironment((state) => state.status?.generation ?? 0);
  const { looksOnly } = usePanel();
  if (looksOnly) return <Empty icon="list" title={t('ticket.looksOnly')} body={t('ticket.looksOnlyBody')} />;
  if (instrumentId === null) return <Empty icon="list" title={t('book.none')} body={t('book.noneBody')} />;
  // An order that was being written is of its environment: nothing of it goes on in another one.
  return <TicketForm key={generation} instrumentId={instrumentId} />;
}
