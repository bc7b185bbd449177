/** Listens to a channel while it is wanted, and keeps its last messages. */
import { useCallback, useEffect, useState } from 'react';
import type { ApiEnvironment, ApiMessage } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient } from '../../../client/context.tsx';
import { framed } from '../../../ui/platform.ts';

type State = Extract<ApiMessage, { kind: 'state' }>;
type Message = Extract<ApiMessage, { kind: 'record' }>;

/** Messages that are kept on the screen. */
export const MESSAGES_KEPT = 100;

export interface ChannelView {
  readonly on: boolean;
  readonly state: State | null;
  readonly error: ErrorEnvelope | null;
  /** Newest first. */
  readonly messages: readonly Message[];
  readonly count: number;
  readonly start: () => void;
  readonly stop: () => void;
}

interface Wish {
  readonly api: string;
  readonly env: ApiEnvironment;
  readonly key: string;
}

const NOTHING = { state: null, error: null, messages: [], count: 0 } as const;

/** A wish that changes ends what was listened to. */
export function useChannel({ api, env, key }: Wish): ChannelView {
  const { client } = useClient();
  const [wanted, setWanted] = useState<Wish | null>(null);
  const [view, setView] = useState<Pick<ChannelView, 'state' | 'error' | 'messages' | 'count'>>(NOTHING);
  const on = wanted !== null && wanted.api === api && wanted.env === env && wanted.key === key;
  useEffect(() => {
    if (!client || !on) return;
    // Records may come by the hundred: what is drawn is drawn once a frame.
    let pending: readonly Message[] = [];
    let count = 0;
    let gone = false;
    const draw = framed(() => {
      if (gone) return;
      const fresh = pending;
      pending = [];
      setView((old) => ({ ...old, count, messages: [...fresh.toReversed(), ...old.messages].slice(0, MESSAGES_KEPT) }));
    });
    setView(NOTHING);
    const close = client.apis.subscribe(
      { api, env, key },
      {
        batch(items) {
          for (const item of items) {
            if (item.kind === 'state') setView((old) => ({ ...old, state: item }));
            else {
              count = item.seq;
              pending = [...pending, item].slice(-MESSAGES_KEPT);
              draw();
            }
          }
        },
        end(error) {
          if (gone) return;
          setWanted(null);
          setView((old) => ({ ...old, error, state: null }));
        },
      },
    );
    return () => {
      gone = true;
      close();
    };
  }, [client, on, api, env, key]);
  const start = useCallback(() => setWanted({ api, env, key }), [api, env, key]);
  const stop = useCallback(() => {
    setWanted(null);
    setView((old) => ({ ...old, state: null }));
  }, []);
  return { ...view, on, start, stop };
}
