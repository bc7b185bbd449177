/** Sends an order once per gesture. What is not known to have arrived keeps its request id and holds back every other order of the panel, so that a repeat cannot become a second order. */
import { useEffect, useRef, useState } from 'react';
import type { OrderAck } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useWorkstation } from './context.tsx';
import { wordsOf } from './workstation.ts';
import { useConnection } from '../store/connection.ts';
import { useDesk } from '../store/desk.ts';
import { type DraftOrder, maySend, type OnTheWay, setOnTheWay, useOnTheWay } from '../store/on-the-way.ts';
import { text } from '../text/index.ts';

export interface SubmitResult {
  readonly key: string;
  readonly ack: OrderAck | null;
  readonly error: ErrorEnvelope | null;
}

export interface Submit {
  readonly sending: boolean;
  /** An order whose answer was lost; null: none. */
  readonly lost: OnTheWay | null;
  /** The answer to the draft last sent; null once the draft has changed. */
  readonly result: SubmitResult | null;
  readonly send: (order: DraftOrder, allowDuplicate: boolean) => void;
  /** Sends the lost order again under its request id: the core gives the answer it gave, or takes it now for the first time. */
  readonly askAgain: () => void;
  /** Gives the lost order up; only where the desk, heard anew, does not know it. */
  readonly giveUp: () => void;
}

/** `sender` names the panel and the environment (`senderOf`); `key` the draft as it stands. `answered` is told of each answer. */
export function useSubmit(sender: string, key: string, answered?: (result: SubmitResult) => void): Submit {
  const workstation = useWorkstation();
  const open = useOnTheWay((state) => state[sender]);
  const [result, setResult] = useState<SubmitResult | null>(null);
  // A ref, since two presses may come before React draws again.
  const busy = useRef(false);
  const lost = open?.state === 'lost' ? open : null;
  const lostId = lost?.requestId ?? null;

  // The desk of the line that has come back says which orders there are.
  const arrived = useDesk((desk) =>
    lostId === null || !desk.ready ? undefined : [...desk.orders.values()].find((order) => order.requestId === lostId),
  );
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
  const post = (order: DraftOrder, allowDuplicate: boolean, requestId: string): void => {
    const { client } = workstation;
    if (busy.current || !client) return;
    busy.current = true;
    setOnTheWay(sender, { order, allowDuplicate, requestId, state: 'sent' });
    client.trading
      .submit({ ...order, requestId, allowDuplicate })
      .then((ack) => {
        setOnTheWay(sender, null);
        tell({ key: JSON.stringify(order), ack, error: null });
      })
      .catch((error: unknown) => {
        const words = wordsOf(error);
        // Refused outright: nothing is under way under this id.
        const refused = words.family === 'input' || words.family === 'denied';
        setOnTheWay(sender, refused ? null : { order, allowDuplicate, requestId, state: 'lost' });
        tell({ key: JSON.stringify(order), ack: null, error: words });
      })
      .finally(() => {
        busy.current = false;
      });
  };
  return {
    sending: open?.state === 'sent',
    lost,
    result: result?.key === key ? result : null,
    send(order, allowDuplicate) {
      const now = useOnTheWay.getState()[sender];
      if (!maySend(now, order, allowDuplicate)) return;
      post(order, allowDuplicate, now?.requestId ?? workstation.newRequestId());
    },
    askAgain() {
      if (lost) post(lost.order, lost.allowDuplicate, lost.requestId);
    },
    giveUp() {
      const online = useConnection.getState().link.phase === 'open' && useDesk.getState().ready;
      if (online && !busy.current) setOnTheWay(sender, null);
    },
  };
}
