/** A pipe over any WebSocket: the browser's, and the server's library, which speaks the same interface. */
import { encodeFrame, type Frame } from './frame.ts';
import { createClosing, type Pipe, receiveMessage } from './pipe.ts';

/** The part of the WebSocket interface that is used. */
export interface SocketLike {
  binaryType: string;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close' | 'error', listener: () => void): void;
}

const OPEN = 1;
const NORMAL_CLOSURE = 1_000;

/** Wraps an open WebSocket. */
export function socketPipe(socket: SocketLike): Pipe {
  let receive: ((frame: unknown, bytes: Uint8Array | null) => void) | null = null;
  const closing = createClosing();
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', (event) => {
    if (receive && !closing.closed) receiveMessage(event.data, receive);
  });
  socket.addEventListener('close', () => closing.tell());
  // An error is always followed by close; the listener keeps it from being unhandled.
  socket.addEventListener('error', () => undefined);
  return {
    send(frame: Frame, bytes?: Uint8Array) {
      if (closing.closed || socket.readyState !== OPEN) return;
      socket.send(encodeFrame(frame, bytes) as string | Uint8Array<ArrayBuffer>);
    },
    onFrame(listener) {
      receive = listener;
    },
    onClose: (listener) => closing.add(listener),
    close() {
      if (closing.closed) return;
      socket.close(NORMAL_CLOSURE);
      closing.tell();
    },
  };
}
