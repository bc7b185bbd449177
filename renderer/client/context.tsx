/** Hands the workstation to the panels. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { CoreClient } from './supervisor.ts';
import type { Workstation } from './workstation.ts';

const WorkstationContext = createContext<Workstation | null>(null);

export const WorkstationProvider = WorkstationContext.Provider;

export function useWorkstation(): Workstation {
  const workstation = useContext(WorkstationContext);
  if (!workstation) throw new Error('outside the workstation');
  return workstation;
}

/** The client in force, with a number that rises whenever another client or another market begins: what was fetched must be fetched again. */
export function useClient(): { readonly client: CoreClient | null; readonly era: number } {
  const workstation = useWorkstation();
  const [state, setState] = useState({ client: workstation.client, era: 0 });
  useEffect(() => {
    const follow = (): void => setState((old) => ({ client: workstation.client, era: old.era + 1 }));
    // A client may have come between the first render and this effect.
    follow();
    return workstation.onClient(follow);
  }, [workstation]);
  return state;
}
