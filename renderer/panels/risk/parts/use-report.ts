/** The risk of an account as the core computes it: asked for at once, and again when what is held changes or the user wishes. */
import { useCallback, useEffect, useState } from 'react';
import type { PortfolioReport } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/words-of.ts';

export interface AskedReport {
  /** The last one; it stays while another is computed. null: none yet. */
  readonly report: PortfolioReport | null;
  readonly error: ErrorEnvelope | null;
  readonly asking: boolean;
  readonly again: () => void;
}

const NOTHING = { report: null, error: null, asking: true } as const;

/** `held` stands for what is held: another one is computed anew. */
export function useReport(accountId: string, held: string): AskedReport {
  const { client, era } = useClient();
  const [state, setState] = useState<Omit<AskedReport, 'again'>>(NOTHING);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    if (!client) return;
    const abort = new AbortController();
    // What was said of another account says nothing of this one.
    setState((old) => (old.report?.accountId === accountId ? { ...old, asking: true } : NOTHING));
    client.threats
      .portfolio({ accountId }, { signal: abort.signal })
      .then((report) => {
        if (!abort.signal.aborted) setState({ report, error: null, asking: false });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState(({ report }) => ({ report, error: wordsOf(error), asking: false }));
      });
    return () => abort.abort();
  }, [client, era, accountId, held, round]);
  return { ...state, again };
}
