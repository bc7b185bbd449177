/** Issues that only the symbol masters name, found by the core while one types. */
import { useEffect, useMemo, useState } from 'react';
import type { Instrument } from '#shared/domain/index.ts';
import { useClient } from './context.tsx';

const NONE: readonly Instrument[] = [];

/**
 * At most `limit` issues of the symbol masters that are none of `others`, the best first; only the newest answer counts.
 * `query` null: nothing is asked. Without an answer there is nothing to show: issues known here are found all the same.
 */
export function useMasterIssues(
  query: string | null,
  others: readonly Instrument[],
  limit: number,
): readonly Instrument[] {
  const { client } = useClient();
  const wanted = query?.trim() ?? '';
  const [found, setFound] = useState(NONE);
  const most = limit + others.length;
  useEffect(() => {
    if (!client || wanted === '') return undefined;
    let newest = true;
    client.market.search({ query: wanted, limit: most }).then(
      ({ instruments }) => newest && setFound(instruments),
      () => newest && setFound(NONE),
    );
    return () => {
      newest = false;
    };
  }, [client, wanted, most]);
  return useMemo(() => {
    // While the next answer is on its way the last one stays, so that the list does not jump.
    if (wanted === '') return NONE;
    const ids = new Set(others.map(({ id }) => id));
    return found.filter(({ id }) => !ids.has(id)).slice(0, limit);
  }, [wanted, found, others, limit]);
}
