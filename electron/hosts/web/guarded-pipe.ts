/** A pipe behind which nothing is served before its first frame has shown a token or a session. */
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Timers } from '#shared/ports.ts';
import { ClientFrame, type Frame, type Pipe } from '#shared/rpc/index.ts';
import type { TokenDesk } from './token.ts';

/** Time a socket has to show its token, milliseconds. */
const PATIENCE_MS = 10_000;

type Receive = (frame: unknown, bytes: Uint8Array | null) => void;

function readHello(raw: unknown): Extract<ClientFrame, { kind: 'hello' }> {
  if (raw instanceof AppError) throw raw;
  const parsed = ClientFrame.safeParse(raw);
  if (!parsed.success) throw new AppError('FRAME_MALFORMED', { why: '모양이 맞지 않습니다.' });
  if (parsed.data.kind !== 'hello') throw new AppError('FRAME_OUT_OF_ORDER', { why: '인사가 먼저입니다.' });
  return parsed.data;
}

/** Hands on a pipe once admitted; its welcome carries the session secret. One that shows nothing valid is told why and closed. */
export function guardPipe(parts: {
  readonly outer: Pipe;
  readonly desk: TokenDesk;
  readonly timers: Timers;
  readonly admitted: (pipe: Pipe) => void;
  readonly refused: (error: unknown) => void;
}): void {
  const { outer } = parts;
  let receive: Receive | null = null;
  const patience = parts.timers.after(PATIENCE_MS, () => outer.close());
  outer.onClose(() => patience.cancel());
  const admit: Receive = (raw, bytes) => {
    patience.cancel();
    let session: string;
    try {
      session = parts.desk.admit(readHello(raw));
    } catch (error) {
      outer.send({ kind: 'error', id: null, error: toEnvelope(error) });
      outer.close();
      parts.refused(error);
      return;
    }
    parts.admitted({
      send: (frame: Frame, payload) => outer.send(frame.kind === 'welcome' ? { ...frame, session } : frame, payload),
      onFrame: (listener) => (receive = listener),
      onClose: (listener) => outer.onClose(listener),
      close: () => outer.close(),
    });
    receive?.(raw, bytes);
  };
  outer.onFrame((raw, bytes) => (receive ?? admit)(raw, bytes));
}
