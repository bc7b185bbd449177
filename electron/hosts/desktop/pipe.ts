/** The desktop pipe: one IPC channel, heard only from the window's own page. */
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { decodeFrame, encodeFrame, FRAME_BYTES_LIMIT, type Frame, type Pipe } from '#shared/rpc/index.ts';
import { CHANNEL, PAGE_ORIGIN } from './channel.ts';

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

/** Only the page itself may speak: the window's main frame, showing our address. */
function fromPage(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  if (event.sender !== contents || frame === null || frame !== contents.mainFrame) return false;
  return frame.url === PAGE_ORIGIN || frame.url.startsWith(`${PAGE_ORIGIN}/`);
}

/** Hands on a pipe for each page the window loads (a reload ends the one before). Returns what stops listening. */
export function listenToPage(parts: {
  readonly ipcMain: Pick<IpcMain, 'on' | 'off'>;
  readonly contents: WebContents;
  readonly logger: Logger;
  readonly serve: (pipe: Pipe) => { dispose(): void };
}): () => void {
  const { ipcMain, contents, logger } = parts;
  let line: Line | null = null;
  let served: { dispose(): void } | null = null;
  const endLine = (): void => {
    line?.end();
    served?.dispose();
    line = null;
    served = null;
  };
  const hear = (event: IpcMainEvent, id: unknown, text: unknown, bytes: unknown): void => {
    if (!fromPage(event, contents)) {
      logger.warn('desktop pipe: message from elsewhere dropped', { url: event.senderFrame?.url ?? 'gone' });
      return;
    }
    if (typeof id !== 'string' || id.length > 64) return;
    try {
      if (line?.id !== id) {
        endLine();
        line = createLine(id, contents);
        served = parts.serve(line.pipe);
      }
      line.deliver(text, bytes);
    } catch (error) {
      logger.error('desktop pipe: message failed', { error, code: toEnvelope(error).code });
    }
  };
  ipcMain.on(CHANNEL, hear);
  contents.on('render-process-gone', endLine);
  contents.on('destroyed', endLine);
  return () => {
    ipcMain.off(CHANNEL, hear);
    endLine();
  };
}
