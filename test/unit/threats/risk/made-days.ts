/** Days made from returns that a test knows, and holdings of them. */
import type { AlignedCloses, Holding } from '#shared/threats/risk/index.ts';

/** Closes that have these returns, from 10,000. */
export function closesFrom(returns: readonly number[]): number[] {
  const closes = [10_000];
  for (const each of returns) closes.push((closes.at(-1) as number) * (1 + each));
  return closes;
}

/** A pattern of returns over again until there are `days` of them. */
export function repeated(pattern: readonly number[], days: number): number[] {
  return Array.from({ length: days }, (_, day) => pattern[day % pattern.length] as number);
}

export function aligned(issues: Readonly<Record<string, readonly (number | null)[]>>): AlignedCloses {
  return {
    days: Math.max(0, ...Object.values(issues).map(({ length }) => length)),
    issues: new Map(Object.entries(issues)),
  };
}

export const A = 'KRX:005930';
export const B = 'KRX:000660';
export const C = 'KRX:035720';

export function held(id: string, valueKrw: number, more: Partial<Holding> = {}): Holding {
  return { id, valueKrw, sector: null, market: 'KOSPI', ...more };
}
