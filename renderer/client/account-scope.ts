/** Whose rows a blotter shows: those of the account in force, or of all accounts. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Account } from '#shared/domain/index.ts';
import { useDesk } from '../store/desk.ts';
import { useAccount } from './hooks.ts';
import { usePanel } from './panel-context.tsx';

/** Panels that show all accounts, by panel id; the others show the one in force. */
const useScopes = create<Readonly<Record<string, boolean>>>(() => ({}));

export interface AccountScope {
  /** true: all accounts. */
  readonly all: boolean;
  /** There is more than one, so that the choice means something. */
  readonly several: boolean;
  readonly accounts: readonly Account[];
  readonly includes: (accountId: string) => boolean;
  readonly setAll: (all: boolean) => void;
}

export function useAccountScope(): AccountScope {
  const { panelId } = usePanel();
  const all = useScopes((state) => state[panelId] ?? false);
  const account = useAccount();
  const byId = useDesk((state) => state.accounts);
  return useMemo(() => {
    const accounts = all ? [...byId.values()] : account ? [account] : [];
    const ids = new Set(accounts.map(({ accountId }) => accountId));
    return {
      all,
      several: byId.size > 1,
      accounts,
      includes: (accountId) => ids.has(accountId),
      setAll: (next) => useScopes.setState({ [panelId]: next }),
    };
  }, [all, account, byId, panelId]);
}

/** The name of an account; its id where it is not known. */
export function accountName(accountId: string): string {
  return useDesk.getState().accounts.get(accountId)?.name ?? accountId;
}
