/** Keeps the account's performance fresh while it is on the screen. */
import { useEffect } from 'react';
import { useDesk } from '../store/desk.ts';
import { usePerformance } from '../store/performance.ts';
import { browserTimers } from '../ui/platform.ts';
import { useClient } from './context.tsx';
import { useAccount } from './hooks.ts';
import type { CoreClient } from './supervisor.ts';

/** Prices move, so the figures do. */
const FIGURES_MS = 1_000;
/** Every so many rounds the curve is fetched as well. */
const ROUNDS_PER_CURVE = 5;

async function fetchInto(
  client: CoreClient,
  accountId: string,
  options: { readonly curve: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const { signal } = options;
  // An aborted call rejects, so what arrives is still wanted.
  const performance = await client.trading.performance({ accountId }, { signal });
  usePerformance.setState({ performance });
  if (!options.curve) return;
  const table = await client.trading.equity({ accountId }, { signal });
  usePerformance.setState({ curve: table.columns });
}

/** Fetches while the caller is mounted; one request at a time. */
export function usePerformanceFeed(): void {
  const { client, era } = useClient();
  const account = useAccount();
  const accountId = account?.accountId ?? null;
  const fills = useDesk((state) => state.fills.size);
  useEffect(() => {
    if (!client || accountId === null) return;
    const abort = new AbortController();
    let busy = false;
    let round = 0;
    const ask = (): void => {
      if (busy) return;
      busy = true;
      const curve = round % ROUNDS_PER_CURVE === 0;
      round += 1;
      fetchInto(client, accountId, { curve, signal: abort.signal })
        // The next round asks again; what is shown keeps its last value meanwhile.
        .catch(() => undefined)
        .finally(() => {
          busy = false;
        });
    };
    ask();
    const timer = browserTimers.every(FIGURES_MS, ask);
    return () => {
      timer.cancel();
      abort.abort();
    };
  }, [client, era, accountId, fills]);
  useEffect(() => {
    usePerformance.setState({ performance: null, curve: null });
  }, [accountId]);
}
