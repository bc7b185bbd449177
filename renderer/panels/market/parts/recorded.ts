/** Which issues have a record of a day. */
import type { CoreClient } from '../../../client/supervisor.ts';

/** Asked at once; the core takes more, but other calls must go between. */
const AT_ONCE = 8;
const DAYS = 2_000;

/** Those of the issues that were traded on a day and recorded, in their order. */
export async function recordedOn(
  client: CoreClient,
  of: { readonly instrumentIds: readonly string[]; readonly date: string },
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let at = 0; at < of.instrumentIds.length; at += AT_ONCE) {
    const part = of.instrumentIds.slice(at, at + AT_ONCE);
    const has = await Promise.all(
      part.map(async (instrumentId) => {
        const days = await client.simulation.replayDays({ instrumentId, limit: DAYS });
        return days.some((day) => day.date === of.date && !day.suspended);
      }),
    );
    found.push(...part.filter((_, place) => has[place] === true));
  }
  return found;
}
