/** How much room the window has: for everything, for the compact layout, or only for looking. */
import { useSyncExternalStore } from 'react';

/** Below this width the compact layout is used; the same number stands in theme/*.css. */
const compact = matchMedia('(max-width: 1599px)');
/** Below this width one panel at a time is shown, and nothing can be sent. */
const phone = matchMedia('(max-width: 699px)');

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}

export function useCompact(): boolean {
  return useMedia(compact);
}

/** Whether the window is as narrow as a phone: then it only looks. */
export function usePhone(): boolean {
  return useMedia(phone);
}

/** The same outside React. */
export function isPhone(): boolean {
  return phone.matches;
}
