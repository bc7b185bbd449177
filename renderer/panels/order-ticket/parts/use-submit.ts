/** Sends the draft once per gesture. What is not known to have arrived keeps its request id, so that a repeat cannot become a second order. */
import { useRef, useState } from 'react';
import type { OrderAck } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/workstation.ts';
import type { DraftOrder } from './draft-order.ts';

export interface SubmitResult {
  readonly key: string;
  readonly ack: OrderAck | null;
  readonly error: ErrorEnvelope | null;
}

export interface Submit {
  readonly sending: boolean;
  /** The answer to the draft last sent; null once the draft has changed. */
  readonly result: SubmitResult | null;
  send(order: DraftOrder, allowDuplicate: boolean): void;
}

export function useSubmit(key: string): Submit {
  const workstation = useWorkstation();
  const [sending, setSending] = useState(false);
  const [result, setResult] = useState<SubmitResult | null>(null);
  // Refs, since two presses may come before React draws again.
  const busy = useRef(false);
  const open = useRef<{ readonly key: string; readonly requestId: string } | null>(null);

  const send = (order: DraftOrder, allowDuplicate: boolean): void => {
    const { client } = workstation;
    if (busy.current || !client) return;
    busy.current = true;
    setSending(true);
    const gesture = JSON.stringify([order, allowDuplicate]);
    const requestId = open.current?.key === gesture ? open.current.requestId : workstation.newRequestId();
    open.current = { key: gesture, requestId };
    client.trading
      .submit({ ...order, requestId, allowDuplicate })
      .then((ack) => {
        open.current = null;
        setResult({ key, ack, error: null });
      })
      .catch((error: unknown) => {
        const words = wordsOf(error);
        // Refused outright: nothing is under way under this id.
        if (words.family === 'input' || words.family === 'denied') open.current = null;
        setResult({ key, ack: null, error: words });
      })
      .finally(() => {
        busy.current = false;
        setSending(false);
      });
  };
  return { sending, result: result?.key === key ? result : null, send };
}
