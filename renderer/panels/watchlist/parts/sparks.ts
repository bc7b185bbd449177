/** The small lines of a panel, for as long as it stands. */
import { useEffect, useMemo } from 'react';
import { useWorkstation } from '../../../client/context.tsx';
import { SparkFeed } from '../../../client/spark-feed.ts';
import { useCore } from '../../../store/core.ts';
import { usesKis } from '../../../store/environment.ts';

export function useSparks(): SparkFeed {
  const workstation = useWorkstation();
  const feed = useMemo(
    () =>
      new SparkFeed({
        bus: workstation.bus,
        client: () => workstation.client,
        history: () => !usesKis(useCore.getState().environment),
      }),
    [workstation],
  );
  useEffect(() => workstation.onClient(() => feed.clear()), [workstation, feed]);
  return feed;
}
