/** Live channels for a person who looks: over the session in force, over one of its own, or over the emulator's in this process. */
import type { z } from 'zod';
import type { ApiMessage, Contract } from '#shared/contract/index.ts';
import type { EndpointKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { StreamSink } from '#shared/rpc/index.ts';
import type { KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import { kisCatalogue, type ChannelApi } from '#core/catalogue/index.ts';
import type { ConnectionKeys } from '../connections/entry.ts';
import type { ComposedEnvironment } from '../environments/composed.ts';
import { hidden } from '../kis/api-call.ts';
import type { InProcessKis } from '../kis/in-process.ts';
import type { KisLines } from '../kis/lines.ts';
import { openSession } from '../kis/session.ts';
import type { ApiDesk } from './api-desk.ts';

type ChannelWish = z.output<Contract['apis']['subscribe']['input']>;

/** How often it is looked why a channel is not live, milliseconds. */
const LOOK_MS = 1_000;
/** Keys as the broker writes them: codes of issues, of indices, of series. */
const KEY = /^[\x21-\x7e]{1,40}$/;

/** Whoever carries channels, until `stop`. */
interface Source {
  readonly realtime: Pick<KisRealtimeClient, 'want' | 'health'>;
  readonly endpoint: EndpointKind;
  readonly keys: ConnectionKeys;
  readonly stop: () => void;
}

export interface ApiChannelsParts {
  readonly desk: ApiDesk;
  readonly lines: KisLines;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly offlineKis: () => Promise<InProcessKis>;
}

/** A session of its own, shared by those who listen to the same connection. */
interface Session {
  readonly realtime: KisRealtimeClient;
  uses: number;
}

export class ApiChannels {
  readonly #parts: ApiChannelsParts;
  readonly #sessions = new Map<string, Session>();

  constructor(parts: ApiChannelsParts) {
    this.#parts = parts;
  }

  /** Listens until the returned function is called; what stands in the way ends the stream with its error. */
  open(inForce: ComposedEnvironment, wish: ChannelWish, sink: StreamSink<ApiMessage>): () => void {
    let isOver = false;
    let stop: () => void = () => undefined;
    const begin = async (): Promise<void> => {
      const channel = kisCatalogue().channel(wish.api);
      if (wish.env === 'paper' && channel.trId.paper === null)
        throw new AppError('KIS_CHANNEL_NOT_HERE', { name: channel.name });
      const source = await this.#source(inForce, wish, channel);
      if (isOver) {
        source.stop();
        return;
      }
      stop = source.stop;
      const unlisten = this.#listen(channel, wish, source, sink);
      stop = () => {
        unlisten();
        source.stop();
      };
    };
    begin().catch((error: unknown) => {
      if (isOver) return;
      stop();
      sink.end(error);
    });
    return () => {
      isOver = true;
      stop();
    };
  }

  close(): void {
    for (const { realtime } of this.#sessions.values()) realtime.close();
    this.#sessions.clear();
  }

  #listen(channel: ChannelApi, wish: ChannelWish, source: Source, sink: StreamSink<ApiMessage>): () => void {
    const { realtime, endpoint, keys } = source;
    const key = keyOf(channel, wish, keys);
    let seq = 0;
    let state: Extract<ApiMessage, { kind: 'state' }>['state'] = 'waiting';
    let told = '';
    const tell = (): void => {
      const reasonKo = reasonOf(realtime, channel.id, state);
      const mark = `${state} ${reasonKo ?? ''}`;
      if (mark === told) return;
      told = mark;
      sink.push({ kind: 'state', state, endpoint, reasonKo });
    };
    const unwant = realtime.want({
      api: channel.id,
      key,
      rank: 'list',
      record: (record, receivedTs) => {
        // A record is a view on bytes that come and go: what is told is a copy.
        const values = JSON.parse(JSON.stringify(record)) as Record<string, string | number>;
        const shown = channel.encrypted ? (hidden(values, keys) as typeof values) : values;
        sink.push({ kind: 'record', seq: (seq += 1), at: receivedTs, values: shown });
      },
      state: (next) => {
        state = next;
        tell();
      },
    });
    tell();
    const timer = this.#parts.timers.every(LOOK_MS, tell);
    return () => {
      timer.cancel();
      unwant();
    };
  }

  async #source(inForce: ComposedEnvironment, wish: ChannelWish, channel: ChannelApi): Promise<Source> {
    const { desk, lines, offlineKis } = this.#parts;
    if (wish.env === 'simulator') {
      // The American market has a night of its own.
      const market = channel.product === 'overseas-stock' ? 'us' : 'kr';
      const { realtime, keys, stop } = await (await offlineKis()).listen(market);
      return { realtime, keys, stop, endpoint: 'emulator' };
    }
    const { connectionId, endpoint } = desk.connectionOf(wish.env);
    const line = await lines.of(connectionId);
    const { keys } = line;
    // The broker allows one session an app key, whichever of its accounts is in force.
    const own = inForce.line && inForce.connectionId !== null ? await lines.of(inForce.connectionId) : null;
    if (inForce.line && own?.keys.appKey === keys.appKey && own.endpoint.wsUrl === line.endpoint.wsUrl)
      return { realtime: inForce.line.realtime, keys, endpoint, stop: () => undefined };
    const session = this.#sessions.get(connectionId) ?? { realtime: openSession(line, this.#parts), uses: 0 };
    this.#sessions.set(connectionId, session);
    session.uses += 1;
    const stop = (): void => {
      session.uses -= 1;
      if (session.uses > 0) return;
      this.#sessions.delete(connectionId);
      session.realtime.close();
    };
    return { realtime: session.realtime, keys, endpoint, stop };
  }
}

/** What is asked for: the typed key, or the user's own for order notices. */
function keyOf(channel: ChannelApi, wish: ChannelWish, keys: ConnectionKeys): string {
  if (channel.encrypted) {
    if (keys.htsId !== null) return keys.htsId;
    throw new AppError('INPUT_INVALID', {
      where: channel.name,
      why: '이 연결에 HTS ID가 없습니다. 연결 설정에서 넣으세요.',
    });
  }
  const key = wish.key.trim();
  if (KEY.test(key)) return key;
  throw new AppError('INPUT_INVALID', { where: channel.key, why: '글자와 숫자로 된 코드를 적으세요.' });
}

/** Why a channel is not live, in the words of the line. */
function reasonOf(realtime: Source['realtime'], api: string, state: string): string | null {
  const { problem, streams } = realtime.health();
  const alarm = streams.find((stream) => stream.api === api)?.alarmKo ?? null;
  return state === 'live' ? alarm : (alarm ?? problem?.messageKo ?? null);
}
