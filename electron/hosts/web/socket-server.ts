/** Accepting WebSockets on an HTTP server, and the pipe each becomes; shared by the web door and the local door. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { FRAME_BYTES_LIMIT, type Pipe, socketPipe } from '#shared/rpc/index.ts';

/** Where the socket is asked for. */
export const PIPE_PATH = '/pipe';

/** A frame up to this size is read, so that it can be answered with FRAME_TOO_LARGE; a larger one cuts the line (1009). */
const READ_BYTES_LIMIT = 4 * FRAME_BYTES_LIMIT;
/** Open sockets of one door. */
const SOCKETS = 32;

/** Sockets of one door. */
export interface SocketDoor {
  close(): void;
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Makes a pipe of every socket that asks for the pipe path and that `allow` lets in. */
export function acceptSockets(parts: {
  readonly server: Server;
  readonly allow: (request: IncomingMessage) => boolean;
  readonly accept: (pipe: Pipe) => void;
}): SocketDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: READ_BYTES_LIMIT, perMessageDeflate: false });
  parts.server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== PIPE_PATH) return turnAway(socket, '404 Not Found');
    if (!parts.allow(request)) return turnAway(socket, '403 Forbidden');
    if (sockets.clients.size >= SOCKETS) return turnAway(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (opened) => parts.accept(socketPipe(opened)));
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
