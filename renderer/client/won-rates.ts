/** The rate of exchange of a currency as the core has heard it from the broker; asking the core costs the broker nothing. */
import { useEffect, useState } from 'react';
import type { AccountCurrency, WonRate } from '#shared/domain/index.ts';
import { browserTimers } from '../ui/platform.ts';
import { useClient } from './context.tsx';

/** A rate is told with answers that come every few minutes. */
const AGAIN_MS = 20_000;

/** null for won, and as long as no rate was told. */
export function useWonRate(currency: AccountCurrency): WonRate | null {
  const { client, era } = useClient();
  const [rates, setRates] = useState<readonly WonRate[]>([]);
  const foreign = currency !== 'KRW';
  useEffect(() => {
    setRates([]);
    if (!client || !foreign) return undefined;
    let here = true;
    const ask = (): void => {
      client.market.rates({}).then(
        (told) => here && setRates(told.rates),
        // Without a rate nothing is converted.
        () => here && setRates([]),
      );
    };
    ask();
    const again = browserTimers.every(AGAIN_MS, ask);
    return () => {
      here = false;
      again.cancel();
    };
  }, [client, era, foreign]);
  return rates.find((rate) => rate.currency === currency) ?? null;
}
