/** In the place of prices that the environment in force has none of: what it lacks, and which one has it. */
import type { JSX } from 'react';
import { marketLack, useLacks } from '../client/lacks.ts';
import { useText } from '../text/index.ts';
import { Empty } from './panel.tsx';

/** The note, or what stands there where the environment has the prices. */
export function MarketLack({
  instrumentId,
  children,
}: {
  readonly instrumentId: string;
  readonly children: JSX.Element;
}): JSX.Element {
  const t = useText();
  const lack = marketLack(useLacks(), instrumentId);
  if (lack === null) return children;
  return <Empty icon="info" title={t('lacks.noPrices')} body={lack.reasonKo} testId="market-lack" />;
}
