/** How much room the window has: for everything, for the compact layout, or only for looking. */
import { useEffect, useState, useSyncExternalStore } from 'react';

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

/** Whether an element is narrower than so many pixels: a panel may be narrow in a wide window. */
export function useNarrow(element: HTMLElement | null, pixels: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => setNarrow((entry?.contentRect.width ?? pixels) < pixels));
    watch.observe(element);
    return () => watch.disconnect();
  }, [element, pixels]);
  return narrow;
}
