/** Sends an order once per gesture. What is not known to have arrived keeps its request id and holds back every other order of the panel, so that a repeat cannot become a second order. */
import { useEffect, useRef, useState } from 'react';
import type { OrderAck } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useWorkstation } from './context.tsx';
import type { CoreClient } from './supervisor.ts';
import { wordsOf } from './workstation.ts';
import { useConnection } from '../store/connection.ts';
import { useDesk } from '../store/desk.ts';
import {
  type DraftOrder,
  type Gesture,
  maySend,
  type OnTheWay,
  setOnTheWay,
  useOnTheWay,
  type WithCondition,
} from '../store/on-the-way.ts';
import { text } from '../text/index.ts';

export interface SubmitResult {
  readonly key: string;
  readonly ack: OrderAck | null;
  /** Conditions that Maru keeps now. */
  readonly kept: number;
  readonly error: ErrorEnvelope | null;
}

export interface Submit {
  readonly sending: boolean;
  /** An order whose answer was lost; null: none. */
  readonly lost: OnTheWay | null;
  /** The answer to the draft last sent; null once the draft has changed. */
  readonly result: SubmitResult | null;
  readonly send: (order: DraftOrder, allowDuplicate: boolean, condition?: WithCondition | null) => void;
  /** Sends the lost order again under its request id: the core gives the answer it gave, or takes it now for the first time. */
  readonly askAgain: () => void;
  /** Gives the lost order up; only where the desk, heard anew, does not know it. */
  readonly giveUp: () => void;
}

/** Names a draft: the answer to it is shown while it stands. */
export function draftKey(order: DraftOrder | null, condition: WithCondition | null = null): string {
  return JSON.stringify([order, condition]);
}

interface Answer {
  readonly ack: OrderAck | null;
  readonly kept: number;
}

async function ask(client: CoreClient, gesture: Gesture & { readonly requestId: string }): Promise<Answer> {
  const { order, condition, allowDuplicate, requestId } = gesture;
  if (!condition) return { ack: await client.trading.submit({ ...order, requestId, allowDuplicate }), kept: 0 };
  const entry = condition.alone ? null : { ...order, allowDuplicate };
  const { mandates, entry: ack } = await client.trading.placeMandate({ requestId, entry, legs: [...condition.legs] });
  return { ack, kept: mandates.length };
}

/** `sender` names the panel and the environment (`senderOf`); `key` the draft as it stands (`draftKey`). `answered` is told of each answer. */
export function useSubmit(sender: string, key: string, answered?: (result: SubmitResult) => void): Submit {
  const workstation = useWorkstation();
  const open = useOnTheWay((state) => state[sender]);
  const [result, setResult] = useState<SubmitResult | null>(null);
  // A ref, since two presses may come before React draws again.
  const busy = useRef(false);
  const lost = open?.state === 'lost' ? open : null;
  const lostId = lost?.requestId ?? null;

  // The desk of the line that has come back says which orders and conditions there are.
  const arrived = useDesk((desk) => {
    if (lostId === null || !desk.ready) return false;
    const known = ({ requestId }: { readonly requestId: string }): boolean =>
      requestId === lostId || requestId === `${lostId}:entry`;
    return [...desk.orders.values()].some(known) || [...desk.mandates.values()].some(known);
  });
  useEffect(() => {
    if (!arrived) return;
    setOnTheWay(sender, null);
    workstation.notify({
      level: 'caution',
      title: text('ticket.arrivedTitle'),
      body: text('ticket.arrivedBody'),
    });
  }, [arrived, sender, workstation]);

  const tell = (next: SubmitResult): void => {
    setResult(next);
    answered?.(next);
  };
  const post = (gesture: Gesture, requestId: string): void => {
    const { client } = workstation;
    if (busy.current || !client) return;
    busy.current = true;
    const shown = draftKey(gesture.order, gesture.condition);
    setOnTheWay(sender, { ...gesture, requestId, state: 'sent' });
    ask(client, { ...gesture, requestId })
      .then((answer) => {
        setOnTheWay(sender, null);
        tell({ key: shown, ...answer, error: null });
      })
      .catch((error: unknown) => {
        const words = wordsOf(error);
        // Refused outright: nothing is under way under this id.
        const refused = words.family === 'input' || words.family === 'denied';
        setOnTheWay(sender, refused ? null : { ...gesture, requestId, state: 'lost' });
        tell({ key: shown, ack: null, kept: 0, error: words });
      })
      .finally(() => {
        busy.current = false;
      });
  };
  return {
    sending: open?.state === 'sent',
    lost,
    result: result?.key === key ? result : null,
    send(order, allowDuplicate, condition = null) {
      const now = useOnTheWay.getState()[sender];
      const gesture = { order, condition, allowDuplicate };
      if (!maySend(now, gesture)) return;
      post(gesture, now?.requestId ?? workstation.newRequestId());
    },
    askAgain() {
      if (lost)
        post({ order: lost.order, condition: lost.condition, allowDuplicate: lost.allowDuplicate }, lost.requestId);
    },
    giveUp() {
      const online = useConnection.getState().link.phase === 'open' && useDesk.getState().ready;
      if (online && !busy.current) setOnTheWay(sender, null);
    },
  };
}
