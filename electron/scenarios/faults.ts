/** Carries out the faults of a scenario through the hooks of the offline KIS. */
import type { ScenarioEvent } from '#shared/domain/index.ts';
import type { Timers } from '#shared/ports.ts';
import type { EmulatorFaultHooks } from './world/world.ts';

type Only = 'orders' | 'others';
const filter = (only: Only | undefined) => (only === undefined ? {} : { only });
/** A call that is late is late for every call of its time: so many at most. */
const ALL_CALLS = 100_000;

/** Does what one event of the timeline says; true where it was a fault of venue or broker. */
export function carryOut(event: ScenarioEvent, hooks: EmulatorFaultHooks, timers: Timers): boolean {
  const { faults } = hooks;
  const later = (seconds: number, run: () => void): void => void timers.after(seconds * 1_000, run);
  switch (event.kind) {
    case 'latency': {
      faults.call({ kind: 'slow', ms: event.ms }, filter(event.only), ALL_CALLS);
      later(event.seconds, () => faults.endCalls('slow'));
      return true;
    }
    case 'silence':
      faults.call({ kind: 'silence', taken: event.taken }, filter(event.only), event.count);
      return true;
    case 'cutFeed':
      hooks.setOffline(true);
      later(event.seconds, () => hooks.setOffline(false));
      return true;
    case 'freezeFeed':
      faults.socket({ kind: 'mute', ms: event.seconds * 1_000 });
      return true;
    case 'duplicateNotices':
    case 'missNotices':
      faults.socket({ kind: event.kind, count: event.count });
      return true;
    case 'reject':
      faults.server({ kind: 'refuseLate', count: event.count, ...(event.text !== undefined && { text: event.text }) });
      return true;
    case 'rateStorm':
      faults.server({ kind: 'rateStorm', ms: event.seconds * 1_000 });
      return true;
    case 'expireToken':
      faults.server({ kind: 'expireTokens' });
      faults.server({ kind: 'expireApprovals' });
      return true;
    case 'maintenance':
      faults.server({ kind: 'maintenance', ms: event.seconds * 1_000, as: event.as });
      return true;
    case 'columns':
      faults.socket({ kind: 'columns', more: event.more });
      later(event.seconds, () => faults.socket({ kind: 'columns', more: 0 }));
      return true;
    case 'clockShift':
      faults.server({ kind: 'clock', offsetMs: event.ms });
      later(event.seconds, () => faults.server({ kind: 'clock', offsetMs: 0 }));
      return true;
    default:
      return false;
  }
}
