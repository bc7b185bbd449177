/** Which of the two layouts the window has room for. */
import { useSyncExternalStore } from 'react';

/** Below this width the compact layout is used; the same number stands in theme/*.css. */
const compact = matchMedia('(max-width: 1599px)');

function subscribe(changed: () => void): () => void {
  compact.addEventListener('change', changed);
  return () => compact.removeEventListener('change', changed);
}

export function useCompact(): boolean {
  return useSyncExternalStore(subscribe, () => compact.matches);
}
