/** Waits, unless the caller gives up first. */
import { AppError } from '#shared/errors/index.ts';
import type { Timers } from '#shared/ports.ts';

/** Throws CANCELED as soon as the signal is given. */
export async function abortableWait(wait: {
  readonly timers: Timers;
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
}): Promise<void> {
  const { signal, timers, waitMs } = wait;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      signal?.removeEventListener('abort', end);
      timer.cancel();
      resolve();
    };
    const timer = timers.after(waitMs, end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted === true) end();
  });
  if (signal?.aborted === true) throw new AppError('CANCELED');
}
