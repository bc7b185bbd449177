/** The way out of the program: this machine always, another address only where a person saved a connection to it. */
import { createHttpClient, createSocketOpener, type Transport, type WayOut } from '#core/platform/index.ts';

/** A transport with connections of its own. */
export interface OwnTransport extends Transport {
  close(): Promise<void>;
}

/** Opens a transport that may leave this machine by exactly these ways. */
export type OpenTransport = (ways: readonly WayOut[]) => OwnTransport;

/** The real one, over undici and ws. */
export function openSystemTransport(env: Readonly<Record<string, string | undefined>>): OpenTransport {
  return (allowed) => {
    const http = createHttpClient({ allowed, env });
    return {
      request: (request) => http.request(request),
      openSocket: createSocketOpener({ allowed, env }),
      close: () => http.close(),
    };
  };
}
