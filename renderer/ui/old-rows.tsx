/** Greys rows that are no longer kept up to date, and says since when; they stay readable and can be copied. */
import type { JSX, ReactNode } from 'react';
import { useConnection } from '../store/connection.ts';
import { useText } from '../text/index.ts';
import { time } from './format.ts';
import { Icon } from './icons.tsx';

export function OldRows({ children }: { readonly children: ReactNode }): JSX.Element {
  const t = useText();
  const link = useConnection((state) => state.link);
  const old = link.phase !== 'open';
  return (
    <>
      {old && (
        <p className="oldnote" role="status" data-testid="old-rows">
          <Icon name="warn" size="sm" />
          {link.phase === 'lost' ? t('old.since', { time: time(link.since) }) : t('old.unknown')}
        </p>
      )}
      <div className={old ? 'old-rows is' : 'old-rows'}>{children}</div>
    </>
  );
}
