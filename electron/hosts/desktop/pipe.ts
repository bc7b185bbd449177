/** The desktop pipes: one IPC channel, one pipe for each window, each heard only from that window's own page. */
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { decodeFrame, encodeFrame, FRAME_BYTES_LIMIT, type Frame, type Pipe } from '#shared/rpc/index.ts';
import { CHANNEL } from './channel.ts';
import { fromPage } from './sender.ts';

type Receive = (frame: unknown, bytes: Uint8Array | null) => void;

/** A pipe and the two ways the window drives it. */
interface Line {
  readonly id: string;
  readonly pipe: Pipe;
  deliver(text: unknown, bytes: unknown): void;
  end(): void;
}

function readMessage(text: unknown, bytes: unknown): { readonly frame: unknown; readonly bytes: Uint8Array | null } {
  if (typeof text !== 'string') throw new AppError('FRAME_MALFORMED', { why: '글이 아닙니다.' });
  const { frame } = decodeFrame(text);
  if (bytes === null || bytes === undefined) return { frame, bytes: null };
  if (!(bytes instanceof Uint8Array)) throw new AppError('FRAME_MALFORMED', { why: '바이트가 아닙니다.' });
  if (bytes.byteLength > FRAME_BYTES_LIMIT) {
    throw new AppError('FRAME_TOO_LARGE', { size: bytes.byteLength, limit: FRAME_BYTES_LIMIT });
  }
  return { frame, bytes };
}

function createLine(id: string, contents: WebContents): Line {
  let receive: Receive | null = null;
  let tellClosed: (() => void) | null = null;
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    tellClosed?.();
  };
  return {
    id,
    end,
    deliver(text, bytes) {
      if (!open || !receive) return;
      try {
        const message = readMessage(text, bytes);
        receive(message.frame, message.bytes);
      } catch (error) {
        receive(error instanceof AppError ? error : new AppError('FRAME_MALFORMED', { why: '' }), null);
      }
    },
    pipe: {
      send(frame: Frame, bytes?: Uint8Array) {
        if (!open || contents.isDestroyed()) return;
        if (bytes && bytes.byteLength > FRAME_BYTES_LIMIT) {
          throw new AppError('FRAME_TOO_LARGE', { size: bytes.byteLength, limit: FRAME_BYTES_LIMIT });
        }
        contents.send(CHANNEL, id, encodeFrame(frame), bytes ?? null);
      },
      onFrame: (listener) => (receive = listener),
      onClose: (listener) => (tellClosed = listener),
      close() {
        if (!open) return;
        if (!contents.isDestroyed()) contents.send(CHANNEL, id, null, null);
        end();
      },
    },
  };
}

/** What a window's page has open. */
class PageLine {
  readonly #contents: WebContents;
  readonly #serve: (pipe: Pipe) => { dispose(): void };
  #line: Line | null = null;
  #served: { dispose(): void } | null = null;

  constructor(contents: WebContents, serve: (pipe: Pipe) => { dispose(): void }) {
    this.#contents = contents;
    this.#serve = serve;
  }

  /** A page that was loaded anew speaks under another id: the line before it ends. */
  deliver(id: string, text: unknown, bytes: unknown): void {
    let line = this.#line;
    if (line?.id !== id) {
      this.end();
      line = createLine(id, this.#contents);
      this.#line = line;
      this.#served = this.#serve(line.pipe);
    }
    line.deliver(text, bytes);
  }

  end(): void {
    this.#line?.end();
    this.#served?.dispose();
    this.#line = null;
    this.#served = null;
  }
}

/** Hands on a pipe for each page that a window loads (a reload ends the one before). */
export class PagePipes {
  readonly #lines = new Map<WebContents, PageLine>();
  readonly #logger: Logger;
  readonly #serve: (pipe: Pipe) => { dispose(): void };

  constructor(parts: {
    readonly ipcMain: Pick<IpcMain, 'on'>;
    readonly logger: Logger;
    readonly serve: (pipe: Pipe) => { dispose(): void };
  }) {
    this.#logger = parts.logger;
    this.#serve = parts.serve;
    parts.ipcMain.on(CHANNEL, (event, id: unknown, text: unknown, bytes: unknown) =>
      this.#hear(event, id, text, bytes),
    );
  }

  /** Listens to a window until its page is gone for good. */
  listen(contents: WebContents): void {
    const line = new PageLine(contents, this.#serve);
    this.#lines.set(contents, line);
    contents.on('render-process-gone', () => line.end());
    contents.once('destroyed', () => {
      line.end();
      this.#lines.delete(contents);
    });
  }

  #hear(event: IpcMainEvent, id: unknown, text: unknown, bytes: unknown): void {
    const line = this.#lines.get(event.sender);
    if (!line || !fromPage(event, event.sender)) {
      this.#logger.warn('desktop pipe: message from elsewhere dropped', { url: event.senderFrame?.url ?? 'gone' });
      return;
    }
    if (typeof id !== 'string' || id.length > 64) return;
    try {
      line.deliver(id, text, bytes);
    } catch (error) {
      this.#logger.error('desktop pipe: message failed', { error, code: toEnvelope(error).code });
    }
  }
}
