/** KIS area: connections and their keys, the health of the line, single calls. */
import type { Contract } from '#shared/contract/index.ts';
import type { Timers } from '#shared/ports.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { ApiDesk } from '../apis/api-desk.ts';
import type { ConnectionDesk } from '../kis/connection-desk.ts';
import type { Front } from '../environments/front.ts';

/** How often the health is told, milliseconds. */
const HEALTH_INTERVAL_MS = 1_000;

export interface KisServices {
  readonly desk: ConnectionDesk;
  readonly apis: ApiDesk;
  readonly front: Front;
  readonly timers: Timers;
}

export function kisHandlers({ desk, apis, front, timers }: KisServices): Handlers<Contract>['kis'] {
  return {
    connections: () => desk.list(),
    save: (entry) => desk.save(entry),
    importYaml: ({ text, endpoint }) => desk.importYaml(text, endpoint),
    remove: ({ connectionId }) => desk.remove(connectionId),
    test: ({ connectionId }, { signal }) => desk.test(connectionId, signal),
    revokeToken: async ({ connectionId }) => ({ revoked: await desk.revokeToken(connectionId) }),
    health: front.stream(({ line }, _input, sink) => {
      if (line === null) return () => undefined;
      sink.push(line.health());
      const timer = timers.every(HEALTH_INTERVAL_MS, () => sink.push(line.health()));
      return () => timer.cancel();
    }),
    call: (wish, { signal }) => apis.call(wish, signal),
  };
}
