/** How fresh a quote of the list is, as a word. */
import type { Quote } from '#shared/domain/index.ts';
import { useConnection } from '../../../store/connection.ts';
import { useCore } from '../../../store/core.ts';
import { usesKis } from '../../../store/environment.ts';
import type { Translate } from '../../../text/index.ts';
import type { Freshness } from '../../../ui/cells.tsx';
import { spanText } from '../../../ui/span-text.ts';

/** A broker's quote that is older than this may have been polled; much older, it is late. Milliseconds. */
const LIVE_MS = 10_000;
const LATE_MS = 60_000;

/** `now`: wall time, as `receivedTs` is. A market of our own sends every change at once, so that its quotes are as fresh as the line. */
export function freshnessOf(quote: Quote | undefined, now: number, t: Translate): Freshness {
  if (!quote) return { state: 'lost', text: t('watch.fresh.none') };
  if (useConnection.getState().link.phase !== 'open') return { state: 'late', text: t('watch.fresh.late') };
  const { environment } = useCore.getState();
  if (!usesKis(environment)) return { state: 'live', text: t('watch.fresh.live') };
  return ageOf(now - quote.receivedTs, t);
}

/** Of a quote that a broker sent `ageMs` ago. */
export function ageOf(ageMs: number, t: Translate): Freshness {
  if (ageMs < LIVE_MS) return { state: 'live', text: t('watch.fresh.live') };
  if (ageMs < LATE_MS) return { state: 'late', text: t('watch.fresh.age', { age: spanText(t, ageMs) }) };
  return { state: 'lost', text: t('watch.fresh.late') };
}
