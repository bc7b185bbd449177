/** The offline KIS on loopback: REST over HTTP and sockets on a port of their own, as the broker has them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { AppError } from '#shared/errors/index.ts';
import type { EmulatorServer, NoAnswer } from './ports.ts';

/** A body larger than this is no request of this protocol. */
const BODY_BYTES = 1_048_576;
const FRAME_BYTES = 65_536;
const HEADERS_TIMEOUT_MS = 10_000;
const TOO_LARGE = 413;

export interface ServeOptions {
  readonly host: '127.0.0.1' | '::1';
  /** 0: any free port. */
  readonly port: number;
  readonly wsPort: number;
}

/** The server as others reach it. */
export interface ServedEmulator {
  /** "http://127.0.0.1:port" */
  readonly rest: string;
  /** "ws://127.0.0.1:port" */
  readonly ws: string;
  /** Ends all lines and stops to listen; the emulator itself stays. */
  close(): Promise<void>;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new AppError('PORT_UNAVAILABLE', { port }, { cause: error }) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > BODY_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [[name, Array.isArray(value) ? value.join(', ') : value]];
    }),
  );
}

function unanswered({ none }: NoAnswer, request: IncomingMessage): void {
  // Silence keeps the line open until the client gives up.
  if (none === 'cut') request.socket.destroy();
}

async function answer(server: EmulatorServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  if (body === null) {
    response.writeHead(TOO_LARGE).end();
    return;
  }
  const said = await server.handle({
    method: request.method === 'POST' ? 'POST' : (request.method as 'GET'),
    url: request.url ?? '/',
    headers: headersOf(request),
    body,
  });
  if ('none' in said) {
    unanswered(said, request);
    return;
  }
  // Names as they are, in lower case: clients of the broker look for them so. The date is the server's own.
  response.sendDate = false;
  response.writeHead(said.status, { ...said.headers, 'content-length': String(said.body.byteLength) });
  response.end(said.body);
}

function hold(server: EmulatorServer, socket: WebSocket): void {
  const session = server.connect({
    send: (text) => socket.send(text),
    ping: (text) => socket.ping(text),
    close: (code, reason) => (code === null ? socket.terminate() : socket.close(code, reason)),
  });
  socket.on('message', (data) => session.received(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
  // A pong, and a ping that carries the text, both answer PINGPONG; ws itself answers pings.
  socket.on('pong', (data) => session.pong(data.toString('utf8')));
  socket.on('ping', (data) => session.pong(data.toString('utf8')));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => session.closed());
}

/** Opens both doors. Throws PORT_UNAVAILABLE. */
export async function serveEmulator(server: EmulatorServer, options: ServeOptions): Promise<ServedEmulator> {
  const { host } = options;
  const rest = createServer({ headersTimeout: HEADERS_TIMEOUT_MS }, (request, response) => {
    answer(server, request, response).catch(() => request.socket.destroy());
  });
  const upgrades = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server: upgrades, maxPayload: FRAME_BYTES, perMessageDeflate: false });
  sockets.on('connection', (socket) => hold(server, socket));
  // Faults of listening are told by `listen`.
  sockets.on('error', () => undefined);
  const port = await listen(rest, options.port, host);
  let wsPort: number;
  try {
    wsPort = await listen(upgrades, options.wsPort, host);
  } catch (error) {
    rest.close();
    throw error;
  }
  const name = host === '::1' ? '[::1]' : host;
  return {
    rest: `http://${name}:${port}`,
    ws: `ws://${name}:${wsPort}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      rest.closeAllConnections();
      upgrades.closeAllConnections();
      await Promise.all([rest, upgrades].map((each) => new Promise((done) => each.close(done))));
    },
  };
}
