/** The veil of rows that come from the core's records: orders, fills, holdings, cash. */
import type { JSX, ReactNode } from 'react';
import { Veiled } from './states.tsx';

export function OldRows({ children }: { readonly children: ReactNode }): JSX.Element {
  return <Veiled from="core">{children}</Veiled>;
}
