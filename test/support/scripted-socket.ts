/** A socket server whose every word is the test's: takes connections, keeps what it is sent, says what it is told to. */
import { createCipheriv } from 'node:crypto';
import type { SocketListener, Transport, TransportFault } from '#core/platform/index.ts';

/** What a client asked of the server. */
export interface Asked {
  readonly what: 'subscribe' | 'unsubscribe';
  readonly trId: string;
  readonly key: string;
  readonly approvalKey: string;
}

interface AskBody {
  readonly header: { readonly approval_key: string; readonly tr_type: string };
  readonly body: { readonly input: { readonly tr_id: string; readonly tr_key: string } };
}

/** One connection as the server sees it. */
export class ScriptedLine {
  readonly sent: string[] = [];
  readonly pongs: string[] = [];
  isOver = false;
  readonly #listener: SocketListener;

  constructor(listener: SocketListener) {
    this.#listener = listener;
  }

  get asked(): readonly Asked[] {
    return this.sent
      .map((text) => JSON.parse(text) as AskBody)
      .filter(({ header }) => header.tr_type !== undefined)
      .map(({ header, body }) => ({
        what: header.tr_type === '1' ? 'subscribe' : 'unsubscribe',
        trId: body.input.tr_id,
        key: body.input.tr_key,
        approvalKey: header.approval_key,
      }));
  }

  open(): void {
    this.#listener.opened();
  }

  say(text: string | Buffer): void {
    if (!this.isOver) this.#listener.received(typeof text === 'string' ? Buffer.from(text) : text);
  }

  alive(): void {
    this.#listener.alive();
  }

  end(fault: TransportFault | null = 'cut'): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#listener.closed({ code: fault === null ? 1000 : 1006, reason: '', fault });
  }
}

/** An answer to a registration. */
export function ackText(
  asked: { readonly trId: string; readonly key: string },
  code = 'OPSP0000',
  more: { readonly message?: string; readonly keys?: { readonly key: string; readonly iv: string } } = {},
): string {
  const isDone = code === 'OPSP0000' || code === 'OPSP0001';
  return JSON.stringify({
    header: { tr_id: asked.trId, tr_key: asked.key, encrypt: 'N' },
    body: {
      rt_cd: isDone ? '0' : '1',
      msg_cd: code,
      msg1: more.message ?? code,
      ...(more.keys ? { output: more.keys } : {}),
    },
  });
}

/** A frame as the server encrypts it. */
export function sealedFrame(trId: string, plain: string, keys: { readonly key: string; readonly iv: string }): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(keys.key), Buffer.from(keys.iv));
  return `1|${trId}|001|${Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')}`;
}

/** The server: `greet` is called with every new connection, `hear` with everything a client asks. */
export class ScriptedSockets implements Pick<Transport, 'openSocket'> {
  readonly lines: ScriptedLine[] = [];
  greet: (line: ScriptedLine) => void = (line) => line.open();
  hear: (line: ScriptedLine, asked: Asked) => void = (line, asked) =>
    line.say(ackText(asked, asked.what === 'subscribe' ? 'OPSP0000' : 'OPSP0001'));

  get last(): ScriptedLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error('nobody has connected');
    return line;
  }

  openSocket(_url: string, listener: SocketListener) {
    const line = new ScriptedLine(listener);
    this.lines.push(line);
    queueMicrotask(() => this.greet(line));
    return {
      send: (text: string): void => {
        if (line.isOver) return;
        const known = line.asked.length;
        line.sent.push(text);
        const asked = line.asked.at(-1);
        if (asked && line.asked.length > known) queueMicrotask(() => this.hear(line, asked));
      },
      pong: (text: string): void => void line.pongs.push(text),
      close: (): void => {
        line.isOver = true;
      },
    };
  }
}
