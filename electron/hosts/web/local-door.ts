/** The local door: the same frames over a Unix socket (a named pipe on Windows) in the data folder, for the command line. */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect as connectNet, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import { AppError } from '#shared/errors/index.ts';
import { FRAME_BYTES_LIMIT, type Pipe, socketPipe } from '#shared/rpc/index.ts';
import { acceptSockets, PIPE_PATH } from './socket-server.ts';

const SOCKET_NAME = 'maru.sock';
/** Longest socket path in bytes that every Unix takes (macOS: 104 with the closing zero). */
const LONGEST_SOCKET_PATH = 100;
const ANSWER_MS = 3_000;

/** Where the socket of a data folder is; a folder whose path is too long gets one under the temporary folder. */
export function localDoorPath(dataDir: string): string {
  const folder = resolve(dataDir);
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\maru-${name}`;
  const inside = join(folder, SOCKET_NAME);
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  return join(tmpdir(), `maru-${userInfo().uid}-${name}`, SOCKET_NAME);
}

/** The temporary folder is everyone's: ours must be a real folder, our own, closed to others. */
function prepareFolder(path: string, dataDir: string): void {
  if (process.platform === 'win32' || path === join(resolve(dataDir), SOCKET_NAME)) return;
  const folder = resolve(path, '..');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const facts = lstatSync(folder);
  if (!facts.isDirectory() || facts.uid !== userInfo().uid || (facts.mode & 0o077) !== 0) {
    throw new AppError('DATA_NOT_WRITABLE', { path: folder });
  }
}

/** A connected socket, or null where nobody listens. */
function dial(path: string): Promise<Socket | null> {
  return new Promise((answer, reject) => {
    const socket = connectNet(path);
    socket.once('connect', () => answer(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTSOCK') answer(null);
      else reject(new AppError('CORE_UNREACHABLE', {}, { cause: error }));
    });
  });
}

/** Removes what a killed core left behind, and only that. */
async function clearStale(path: string, dataDir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (!facts) return;
  if (!facts.isSocket()) throw new AppError('DATA_NOT_WRITABLE', { path });
  const living = await dial(path);
  living?.destroy();
  if (living) throw new AppError('DATA_IN_USE', { path: dataDir });
  unlinkSync(path);
}

/** The open local door. */
export interface LocalDoor {
  readonly path: string;
  close(): Promise<void>;
}

/** Opens the local door of a data folder; only this user can use it. Throws DATA_IN_USE where a core already listens, DATA_NOT_WRITABLE where no socket can be made. */
export async function startLocalDoor(options: {
  readonly dataDir: string;
  readonly serve: (pipe: Pipe, door: 'local') => () => void;
}): Promise<LocalDoor> {
  const path = localDoorPath(options.dataDir);
  prepareFolder(path, options.dataDir);
  await clearStale(path, options.dataDir);
  const disposers = new Set<() => void>();
  const server = createServer((_, response) => response.writeHead(404).end());
  const door = acceptSockets({
    server,
    // A browser cannot reach a Unix socket; an Origin here is not ours.
    allow: (request) => request.headers.origin === undefined,
    accept: (pipe) => {
      const dispose = options.serve(pipe, 'local');
      disposers.add(dispose);
      pipe.onClose(() => disposers.delete(dispose));
    },
  });
  await new Promise<void>((listening, reject) => {
    server.once('error', (error) => reject(new AppError('DATA_NOT_WRITABLE', { path }, { cause: error })));
    // The socket is made inside this call: nobody else can open it, not even before the mode is set.
    const mask = process.platform === 'win32' ? null : process.umask(0o177);
    server.listen(path, () => listening());
    if (mask !== null) process.umask(mask);
  });
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    path,
    close() {
      for (const dispose of [...disposers]) dispose();
      door.close();
      return new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}

/** A pipe to the core that runs on a data folder, or null where none runs. Throws CORE_UNREACHABLE. */
export async function connectLocal(dataDir: string): Promise<Pipe | null> {
  const net = await dial(localDoorPath(dataDir));
  if (!net) return null;
  return new Promise((opened, reject) => {
    const socket = new WebSocket(`ws://localhost${PIPE_PATH}`, {
      createConnection: () => net,
      handshakeTimeout: ANSWER_MS,
      maxPayload: FRAME_BYTES_LIMIT,
      perMessageDeflate: false,
    });
    socket.once('open', () => opened(socketPipe(socket)));
    socket.on('error', (error) => reject(new AppError('CORE_UNREACHABLE', {}, { cause: error })));
  });
}
