/** Opens a real-time session for a moment: whether the server lets us in, and takes the registration of order notices. */
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { KisLineParts } from './lines.ts';
import { openSession } from './session.ts';

/** Longest wait for the session and its registration, milliseconds. */
const WAIT_MS = 8_000;
const LOOK_MS = 50;
const NOTICES = 'domestic-stock.ccnl-notice';
/** Registered where there is no HTS id: any issue will do. */
const TRADES = { api: 'domestic-stock.ccnl-krx', key: '005930' } as const;

/** What a session for a moment found; null: well. */
export interface SessionTrial {
  readonly socket: AppError | null;
  readonly notice: AppError | null;
}

export async function trySession(
  line: KisLineParts,
  facts: { readonly clock: Clock; readonly timers: Timers; readonly logger: Logger; readonly signal: AbortSignal },
): Promise<SessionTrial> {
  const { clock, timers, signal } = facts;
  const { keys } = line;
  const realtime = openSession(line, facts);
  let state = 'waiting';
  const wish = keys.htsId === null ? TRADES : { api: NOTICES, key: keys.htsId };
  realtime.want({
    ...wish,
    rank: 'orders',
    record: () => undefined,
    state: (next) => {
      state = next;
    },
  });
  try {
    const untilMs = clock.monotonicMs() + WAIT_MS;
    while (state === 'waiting' && realtime.health().problem === null && clock.monotonicMs() < untilMs) {
      if (signal.aborted) throw new AppError('CANCELED');
      await new Promise<void>((wake) => timers.after(LOOK_MS, () => wake()));
    }
    const { problem, socket, streams } = realtime.health();
    if (state === 'live') return { socket: null, notice: null };
    if (problem !== null) return { socket: new AppError(problem.code, problem.details ?? {}), notice: null };
    if (socket.state !== 'open') return { socket: new AppError('KIS_LINE_DOWN'), notice: null };
    const [stream] = streams;
    const why = stream?.alarmKo ?? '등록에 답이 없습니다.';
    return { socket: null, notice: new AppError('KIS_TRIAL_CHANNEL', { why }) };
  } finally {
    realtime.close();
  }
}
