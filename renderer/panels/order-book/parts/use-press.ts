/** Carries out a press in the ladder: decided once, sent once, told where it comes to nothing. */
import { useMemo, useRef, useState } from 'react';
import type { LadderSettings, Order, Protection, Quote, Side } from '#shared/domain/index.ts';
import { sessionInPhase, valueOf } from '#shared/market/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useAccountFor } from '../../../client/hooks.ts';
import { useIssue, usePanel } from '../../../client/panel-context.tsx';
import { type Presets, usePresets } from '../../../client/presets.ts';
import { stepPrice, tableOf } from '../../../client/price-steps.ts';
import { type Submit, useSubmit } from '../../../client/submit.ts';
import { useConnection } from '../../../store/connection.ts';
import { useCore } from '../../../store/core.ts';
import { useDesk } from '../../../store/desk.ts';
import { pickPrice } from '../../../store/draft.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { senderOf, unknownSides, useOnTheWay } from '../../../store/on-the-way.ts';
import { collarOn, useThreats } from '../../../store/threats.ts';
import type { TextKey } from '../../../text/index.ts';
import { issuePrice } from '../../../ui/money.ts';
import { useLadder } from '../slice.ts';
import { decide, decideCarried, type Decision, type Press } from './decide.ts';

/** An act that goes beyond the guard and waits for a yes. */
export interface Asked {
  readonly decision: Extract<Decision, { kind: 'send' | 'move' }>;
  readonly instrumentId: string;
  readonly price: number;
}

export interface Carried {
  readonly instrumentId: string;
  readonly side: Side;
  readonly from: number;
  readonly to: number;
}

export interface PressState {
  /** In force for the issue. */
  readonly settings: LadderSettings;
  readonly presets: Presets;
  /** What pauses one-click orders on the issue because of a threat; null: nothing. */
  readonly paused: Protection | null;
  /** true: a press could send an order now. */
  readonly sends: boolean;
  /** true: what stands could be taken back now. */
  readonly cancels: boolean;
  /** An order sent from here, and what may be done while its answer is owed. */
  readonly submit: Submit;
  readonly asked: Asked | null;
  /** Why the last press came to nothing. */
  readonly stopped: TextKey | null;
  readonly press: (side: Side | null, price: number) => void;
  /** My orders of a side at a price, held over another one; null: nothing is carried. */
  readonly carried: Carried | null;
  readonly carry: (side: Side, from: number, to: number) => void;
  /** Moves what is carried, or what would be, by ticks. */
  readonly nudge: (side: Side, from: number, ticks: number) => void;
  readonly drop: () => void;
  /** Everything stays where it was. */
  readonly letGo: () => void;
  readonly answer: (yes: boolean) => void;
}

export function usePress(quote: Quote, own: readonly Order[]): PressState {
  const workstation = useWorkstation();
  const { panelId, group, looksOnly } = usePanel();
  const shown = useIssue();
  const { realSend, venue } = useLadder(panelId);
  const { instrumentId } = quote;
  const presets = usePresets(instrumentId);
  const settings = presets.ladder;
  const account = useAccountFor(instrumentId);
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const environment = useCore((state) => state.environment);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [stopped, setStopped] = useState<{ readonly why: TextKey; readonly instrumentId: string } | null>(null);
  const online = useConnection((state) => state.link.phase === 'open');
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  const settled = useEnvironment(
    ({ status, followed }) => status === null || (status.phase !== 'switching' && followed !== null),
  );
  const locked = useEnvironment((state) => state.status?.lock.state === 'locked');
  // The real environment asks for its lock and for the switch of this very panel.
  const armed = useEnvironment((state) => state.status?.lock.state === 'armed');
  const allowed = environment !== 'real' || (realSend && armed);
  // Taking back lessens what is at risk: neither the lock nor a halt stands in its way.
  const cancels = online && settled && !looksOnly;
  const paused = useThreats((state) => collarOn(state.protections, account?.accountId ?? null, instrumentId));
  const sends =
    cancels && !locked && allowed && !halted && paused === null && account !== null && shown === instrumentId;
  const last = venue === 'NXT' ? (quote.nxt?.last ?? quote.last) : quote.last;

  const sender = useEnvironment((state) => senderOf(state.status, panelId));
  const submit = useSubmit(sender, instrumentId, ({ ack, error }) => {
    const words = ack ? ack.reason : error;
    if (words)
      workstation.notify({
        level: ack ? 'caution' : 'high',
        title: words.messageKo,
        body: `${words.actionKo} (${words.code})`,
      });
  });
  const onTheWay = useOnTheWay();
  const accountId = account?.accountId ?? null;
  // All orders: one without a price stands in no row, and may be unconfirmed all the same.
  const orders = useDesk((state) => state.orders);
  const unknown = useMemo(
    () => unknownSides({ sender, accountId, instrumentId }, { onTheWay, orders: orders.values() }),
    [sender, accountId, instrumentId, onTheWay, orders],
  );

  // What is in the hand at this instant: a key may follow the last move before React draws again.
  const hand = useRef<Carried | null>(null);
  const [carried, setCarried] = useState<Carried | null>(null);
  const hold = (next: Carried | null): void => {
    hand.current = next;
    setCarried(next);
  };
  const table = tableOf(instrument, quote.sessionDate);
  const factsOf = (side: Side | null, price: number): Press => ({
    side,
    price,
    settings,
    worth: (at, quantity) => valueOf(instrumentId, at, quantity),
    sends,
    cancels,
    unknown,
    own,
    last,
    table,
  });

  const stop = (why: TextKey): void =>
    setStopped({ why: why === 'ladder.why.notNow' && paused ? 'ladder.why.collared' : why, instrumentId });
  const send = (side: Side, price: number, quantity: number): void => {
    if (accountId === null) return;
    if (useOnTheWay.getState()[sender]) {
      stop('ladder.why.unknown');
      return;
    }
    submit.send(
      {
        accountId,
        instrumentId,
        side,
        type: 'limit',
        timeInForce: 'day',
        price,
        stopPrice: null,
        route: venue === 'NXT' ? 'NXT' : 'KRX',
        session: sessionInPhase(quote.phase),
        quantity,
      },
      false,
    );
  };
  const carryOut = (decision: Asked['decision'], price: number): void => {
    if (decision.kind === 'move') for (const { orderId } of decision.orders) workstation.replaceOrder(orderId, price);
    else send(decision.side, price, decision.quantity);
  };
  return {
    settings,
    presets,
    paused,
    sends,
    cancels,
    submit,
    asked: asked?.instrumentId === instrumentId ? asked : null,
    stopped: stopped?.instrumentId === instrumentId ? stopped.why : null,
    press(side, price) {
      // What stands in the rows and what the group shows must be one issue; a window that only looks writes nothing.
      if (shown !== instrumentId || looksOnly) return;
      setStopped(null);
      setAsked(null);
      const decision = decide(factsOf(side, price));
      switch (decision.kind) {
        case 'price':
          if (!pickPrice(issuePrice(price, instrumentId), { group, instrumentId })) stop('ladder.why.noTicket');
          break;
        case 'cancel':
          for (const order of decision.orders) workstation.cancelOrder(order.orderId);
          break;
        case 'refuse':
          stop(`ladder.why.${decision.why}`);
          break;
        default:
          if (decision.ask === null) carryOut(decision, price);
          else setAsked({ decision, instrumentId, price });
      }
    },
    carried: carried?.instrumentId === instrumentId ? carried : null,
    carry(side, from, to) {
      if (shown !== instrumentId) return;
      setStopped(null);
      hold({ instrumentId, side, from, to });
    },
    nudge(side, from, ticks) {
      if (shown !== instrumentId || table === null) return;
      const now = hand.current;
      const at = now?.side === side && now.from === from && now.instrumentId === instrumentId ? now.to : from;
      setStopped(null);
      hold({ instrumentId, side, from, to: stepPrice(table, at, ticks) });
    },
    drop() {
      const now = hand.current;
      hold(null);
      if (now?.instrumentId !== instrumentId || shown !== instrumentId || now.from === now.to) return;
      const decision = decideCarried(factsOf(now.side, now.to), now.from);
      if (decision.kind === 'refuse') stop(`ladder.why.${decision.why}`);
      else if (decision.kind !== 'move') return;
      else if (decision.ask === null) carryOut(decision, now.to);
      else setAsked({ decision, instrumentId, price: now.to });
    },
    letGo: () => hold(null),
    answer(yes) {
      if (!yes || asked?.instrumentId !== instrumentId || shown !== instrumentId) {
        setAsked(null);
        return;
      }
      setAsked(null);
      if (!sends) stop('ladder.why.notNow');
      else carryOut(asked.decision, asked.price);
    },
  };
}
