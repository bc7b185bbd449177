/** Hands the keeper of the workspaces to the dock and the bars. */
import { createContext, useContext } from 'react';
import type { WorkspaceKeeper } from './keeper.ts';

const KeeperContext = createContext<WorkspaceKeeper | null>(null);

export const KeeperProvider = KeeperContext.Provider;

export function useKeeper(): WorkspaceKeeper {
  const keeper = useContext(KeeperContext);
  if (!keeper) throw new Error('outside the workspaces');
  return keeper;
}
