/** Carries out a press in the ladder: decided once, sent once, told where it comes to nothing. */
import { useEffect, useState } from 'react';
import {
  type LadderSettings,
  LadderSettings as Schema,
  type Order,
  type Quote,
  type Side,
} from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useDocument } from '../../../client/documents.ts';
import { useAccountFor } from '../../../client/hooks.ts';
import { useIssue, usePanel } from '../../../client/panel-context.tsx';
import { tableOf } from '../../../client/price-steps.ts';
import { wordsOf } from '../../../client/workstation.ts';
import { useConnection } from '../../../store/connection.ts';
import { useCore } from '../../../store/core.ts';
import { useDesk } from '../../../store/desk.ts';
import { pickPrice } from '../../../store/draft.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { useInstruments } from '../../../store/instruments.ts';
import type { TextKey } from '../../../text/index.ts';
import { issueMoney } from '../../../ui/money.ts';
import { ladderOf, setLadder, useLadder } from '../slice.ts';
import { decide, type Decision } from './decide.ts';

const DEFAULTS: LadderSettings = Schema.parse({});
/** Document of the settings. */
export const LADDER_PRESET = 'ladder';

export function useLadderSettings(): LadderSettings {
  return useDocument('preset', LADDER_PRESET)?.ladder ?? DEFAULTS;
}

/** An act that goes beyond the guard and waits for a yes. */
export interface Asked {
  readonly decision: Extract<Decision, { kind: 'send' | 'move' }>;
  readonly instrumentId: string;
  readonly price: number;
}

export interface PressState {
  readonly settings: LadderSettings;
  /** true: a press could send an order now. */
  readonly sends: boolean;
  readonly asked: Asked | null;
  /** Why the last press came to nothing. */
  readonly stopped: TextKey | null;
  readonly press: (side: Side | null, price: number) => void;
  readonly answer: (yes: boolean) => void;
}

export function usePress(quote: Quote, own: readonly Order[]): PressState {
  const workstation = useWorkstation();
  const { panelId, group } = usePanel();
  const shown = useIssue();
  const settings = useLadderSettings();
  const { realSend, owed, venue } = useLadder(panelId);
  const { instrumentId } = quote;
  const account = useAccountFor(instrumentId);
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const environment = useCore((state) => state.environment);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [stopped, setStopped] = useState<{ readonly why: TextKey; readonly instrumentId: string } | null>(null);
  const online = useConnection((state) => state.link.phase === 'open');
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  const steady = useEnvironment(
    ({ status, followed }) =>
      status === null || (status.phase !== 'switching' && followed !== null && status.lock.state !== 'locked'),
  );
  // The real environment asks for its lock and for the switch of this very panel.
  const armed = useEnvironment((state) => state.status?.lock.state === 'armed');
  const allowed = environment !== 'real' || (realSend && armed);
  const sends = allowed && online && !halted && steady && account !== null && shown === instrumentId;
  const last = venue === 'NXT' ? (quote.nxt?.last ?? quote.last) : quote.last;

  const known = useDesk((desk) => owed !== null && [...desk.orders.values()].some((order) => order.requestId === owed));
  useEffect(() => {
    if (known) setLadder(panelId, { owed: null });
  }, [known, panelId]);

  const stop = (why: TextKey): void => setStopped({ why, instrumentId });
  const send = (side: Side, price: number, quantity: number): void => {
    const { client } = workstation;
    if (!client || !account) return;
    if (ladderOf(panelId).owed !== null) {
      stop('ladder.why.unknown');
      return;
    }
    const requestId = workstation.newRequestId();
    setLadder(panelId, { owed: requestId });
    client.trading
      .submit({
        requestId,
        accountId: account.accountId,
        instrumentId,
        side,
        type: 'limit',
        timeInForce: 'day',
        price,
        stopPrice: null,
        route: venue === 'NXT' ? 'NXT' : 'KRX',
        session: 'regular',
        quantity,
        allowDuplicate: false,
      })
      .then((ack) => {
        setLadder(panelId, { owed: null });
        if (ack.reason)
          workstation.notify({
            level: 'caution',
            title: ack.reason.messageKo,
            body: `${ack.reason.actionKo} (${ack.reason.code})`,
          });
      })
      .catch((error: unknown) => {
        const { family } = wordsOf(error);
        // Only what was refused outright is known not to have arrived.
        if (family === 'input' || family === 'denied') setLadder(panelId, { owed: null });
        workstation.fail(error);
      });
  };
  const carryOut = (decision: Asked['decision'], price: number): void => {
    if (decision.kind === 'move') workstation.replaceOrder(decision.order.orderId, price);
    else send(decision.side, price, decision.quantity);
  };
  return {
    settings,
    sends,
    asked: asked?.instrumentId === instrumentId ? asked : null,
    stopped: stopped?.instrumentId === instrumentId ? stopped.why : null,
    press(side, price) {
      // What stands in the rows and what the group shows must be one issue.
      if (shown !== instrumentId) return;
      setStopped(null);
      setAsked(null);
      const table = tableOf(instrument, quote.sessionDate);
      const decision = decide({ side, price, settings, sends, own, last, table });
      switch (decision.kind) {
        case 'price':
          if (!pickPrice(issueMoney(price, instrumentId), { group, instrumentId })) stop('ladder.why.noTicket');
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
    answer(yes) {
      if (!yes || asked?.instrumentId !== instrumentId || shown !== instrumentId) {
        setAsked(null);
        return;
      }
      setAsked(null);
      if (asked.decision.kind === 'send' && !sends) stop('ladder.why.notNow');
      else carryOut(asked.decision, asked.price);
    },
  };
}
