/** Until when what a threat is about holds, where the market or the figures say so. */
import type { Threat } from '#shared/domain/index.ts';
import { useQuote } from '../../../client/hooks.ts';
import { useCore } from '../../../store/core.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useMarketStates } from '../../../store/market-states.ts';
import { useText } from '../../../text/index.ts';
import { countdown, time } from '../../../ui/format.ts';

const MINUTE_MS = 60_000;

/** Exchange time at which a threat's matter ends or strikes, by what else is known; null: nobody knows. */
export function horizonOf(
  { detector, latest }: Pick<Threat, 'detector' | 'latest'>,
  known: {
    readonly interruptedUntilTs: number | null;
    readonly breakerUntilTs: number | null;
    readonly sidecarUntilTs: number | null;
  },
): number | null {
  const left = latest.values['minutesLeft'];
  if (left !== undefined) return latest.ts + left * MINUTE_MS;
  if (detector === 'M06') return known.sidecarUntilTs;
  return known.interruptedUntilTs ?? known.breakerUntilTs;
}

/** "재개 11:39 · 4:12 남음" of a threat; null: not known, or past. */
export function useHorizon(threat: Threat): string | null {
  const t = useText();
  const issue = useInstruments((state) => state.byId.has(threat.subject));
  const interruption = useQuote(issue ? threat.subject : null)?.interruption;
  const market = useMarketStates((state) =>
    [...state.byMarket.values()].find((each) => each.market === threat.subject),
  );
  const ts = horizonOf(threat, {
    interruptedUntilTs: interruption?.untilTs ?? null,
    breakerUntilTs: market?.breaker?.untilTs ?? null,
    sidecarUntilTs: market?.sidecar?.untilTs ?? null,
  });
  const left = useCore((state) => {
    const now = state.moment?.simTs ?? null;
    // Whole seconds: what is drawn changes no oftener.
    return ts === null || now === null || ts <= now ? null : Math.ceil((ts - now) / 1_000);
  });
  if (ts === null || left === null) return null;
  return t('threats.horizon', { time: time(ts), left: countdown(left * 1_000) });
}
