/** The web door: the screen and its pipe on the loopback address, for one user with the address in hand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPage } from '#core/platform/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Logger, Timers } from '#shared/ports.ts';
import type { Pipe } from '#shared/rpc/index.ts';
import { guardPipe } from './guarded-pipe.ts';
import { acceptSockets } from './socket-server.ts';
import { memoryShelf, type SessionShelf } from './session-shelf.ts';
import { createTokenDesk } from './token.ts';

const LOOPBACK = '127.0.0.1';
const HEADERS_TIMEOUT_MS = 10_000;
const CONNECTIONS = 128;

/** What the web door is given. */
export interface WebHostOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The built screen. */
  readonly staticDir: string;
  readonly logger: Logger;
  readonly timers: Timers;
  /** Where admitted pages are kept for the next start; nowhere if absent. */
  readonly sessions?: SessionShelf;
  /** Serves one admitted pipe; returns what ends it. */
  readonly serve: (pipe: Pipe, door: 'web') => () => void;
}

/** The open web door. */
export interface WebHost {
  readonly port: number;
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** An address that opens the screen once; the token sits in the fragment, which browsers do not send. */
  mintUrl(): string;
  close(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new AppError('PORT_UNAVAILABLE', { port }, { cause: error })
          : error,
      );
    });
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Names under which this door may be asked for; another name means a page elsewhere points here (DNS rebinding). */
function ownNames(port: number): readonly string[] {
  return [`${LOOPBACK}:${port}`, `localhost:${port}`];
}

async function sendPage(
  site: Parameters<typeof answerPage>[0],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerPage(site, { method: request.method ?? '', url: request.url ?? '' });
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** Opens the web door. Throws PORT_UNAVAILABLE. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const desk = createTokenDesk(options.sessions ?? memoryShelf());
  const disposers = new Set<() => void>();
  let names: readonly string[] = [];
  const knowsHost = (request: IncomingMessage): boolean => names.includes(request.headers.host ?? '');
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS }, (request, response) => {
    if (!knowsHost(request)) {
      response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end('403');
      return;
    }
    const site = { root: options.staticDir, connect: names.map((name) => `ws://${name}`) };
    sendPage(site, request, response).catch((error: unknown) => {
      options.logger.error('page not served', { error });
      response.destroy();
    });
  });
  server.maxConnections = CONNECTIONS;
  const door = acceptSockets({
    server,
    // The page's own origin, under the very name the request was sent to.
    allow: (request) => knowsHost(request) && request.headers.origin === `http://${request.headers.host ?? ''}`,
    accept: (outer) =>
      guardPipe({
        outer,
        desk,
        timers: options.timers,
        refused: (error) => options.logger.warn('web door: not admitted', { code: toEnvelope(error).code }),
        admitted: (pipe) => {
          const dispose = options.serve(pipe, 'web');
          disposers.add(dispose);
          pipe.onClose(() => disposers.delete(dispose));
        },
      }),
  });
  const port = await listen(server, options.port);
  names = ownNames(port);
  const origin = `http://${LOOPBACK}:${port}`;
  return {
    port,
    origin,
    mintUrl: () => `${origin}/#token=${desk.mint()}`,
    close() {
      for (const dispose of [...disposers]) dispose();
      door.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
