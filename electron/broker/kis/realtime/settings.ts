/** Settings of the real-time client; values, sources and dates are in resources/kis/realtime.json. */
import facts from '#resources/kis/realtime.json' with { type: 'json' };

/** Every setting by name. @source resources/kis/realtime.json */
export type RealtimeSettings = Readonly<Record<keyof typeof facts.settings, number>>;

/** The settings as they are unless somebody changes them. */
export const REALTIME_SETTINGS: RealtimeSettings = Object.fromEntries(
  Object.entries(facts.settings).map(([name, { value }]) => [name, value]),
) as RealtimeSettings;
