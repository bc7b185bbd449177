/** Which API is in view: its name, address and TR ids, and where it works. */
import type { JSX } from 'react';
import type { ApiDetail, ApiRow } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { UNKNOWN } from '../../../ui/format.ts';
import { setExplorer } from '../slice.ts';
import { IconButton } from '../../../ui/controls.tsx';
import { Marks } from './api-list.tsx';

function ids(all: readonly string[]): string {
  const [first = UNKNOWN, ...more] = all;
  return more.length === 0 ? first : `${first} +${more.length}`;
}

export function ApiHead({ row, detail }: { readonly row: ApiRow; readonly detail: ApiDetail }): JSX.Element {
  const t = useText();
  return (
    <header className="api-head">
      <h3>
        <span className="only-narrow">
          <IconButton
            icon="list"
            label={t('explorer.back')}
            onClick={() => setExplorer({ id: null })}
            testId="explorer-back"
          />
        </span>
        <span data-testid="explorer-title">{row.name}</span>
        <Marks row={row} />
      </h3>
      <p className="note">
        {row.category} {row.menu} · <code>{row.id}</code> · <code>{`${row.method ?? 'WS'} ${row.path}`}</code>
      </p>
      <p className="note num">
        {t('explorer.tr.real')} <code title={row.trIds.real.join(', ')}>{ids(row.trIds.real)}</code> ·{' '}
        {t('explorer.tr.paper')} <code title={row.trIds.paper.join(', ')}>{ids(row.trIds.paper)}</code>
        {detail.hts !== null && ` · HTS ${detail.hts}`}
      </p>
    </header>
  );
}
