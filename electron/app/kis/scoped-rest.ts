/** REST for the life of one environment: what it still asks when it goes is not asked any more. The client itself stays. */
import type { KisCall, KisRest } from '#core/broker/kis/index.ts';

/**
 * The same calls, given up once `life` is over. Orders and cancels are not: one that was written has happened, and one
 * that waits is refused by its epoch.
 */
export function scopedRest(rest: KisRest, life: AbortSignal): KisRest {
  const within = (call: KisCall): KisCall => {
    if (call.pass !== undefined) return call;
    return { ...call, signal: call.signal ? AbortSignal.any([call.signal, life]) : life };
  };
  return {
    call: (call) => rest.call(within(call)),
    pages: (call, options) => rest.pages(within(call), options),
    offers: (api) => rest.offers(api),
  };
}
