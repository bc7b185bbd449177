/** The real socket on loopback: what it takes, what it refuses, and how it says that it ended. */
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { createSocketOpener, type SocketOptions, type TransportFault } from '#core/platform/index.ts';

const closers: Array<() => void> = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

/** A server that hands every socket to the test. */
async function socketServer(greet: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', greet);
  closers.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${portOf(server)}/tryitout`;
}

async function listening(server: Server): Promise<string> {
  closers.push(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `ws://127.0.0.1:${portOf(server)}`;
}

interface Ended {
  readonly code: number;
  readonly reason: string;
  readonly fault: TransportFault | null;
}

/** Opens a socket and keeps what it tells. */
function opened(url: string, options: SocketOptions = {}) {
  const frames: Buffer[] = [];
  let alive = 0;
  let ends = 0;
  let onOpen: () => void = () => undefined;
  let onEnd: (facts: Ended) => void = () => undefined;
  const open = new Promise<void>((resolve) => (onOpen = resolve));
  const ended = new Promise<Ended>((resolve) => (onEnd = resolve));
  const socket = createSocketOpener(options)(url, {
    opened: () => onOpen(),
    received: (frame) => void frames.push(frame),
    alive: () => void (alive += 1),
    closed: (facts) => {
      ends += 1;
      onEnd(facts);
    },
  });
  return { socket, frames, open, ended, alive: () => alive, ends: () => ends };
}

async function until(check: () => boolean): Promise<void> {
  for (let n = 0; n < 400 && !check(); n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(check()).toBe(true);
}

describe('the real socket', () => {
  it('takes text frames as bytes, also those that are no UTF-8, and those that come in pieces', async () => {
    const url = await socketServer((socket) => {
      socket.send('0|H0STCNT0|001|삼성');
      socket.send(Buffer.from([0x30, 0x7c, 0xff, 0xfe]), { binary: false });
      socket.send('one ', { fin: false });
      socket.send('and two', { fin: true });
    });
    const { frames, ended, socket } = opened(url);
    await until(() => frames.length === 3);
    expect(frames.every((frame) => Buffer.isBuffer(frame))).toBe(true);
    expect(frames[0]?.toString()).toBe('0|H0STCNT0|001|삼성');
    expect([...(frames[1] ?? [])]).toEqual([0x30, 0x7c, 0xff, 0xfe]);
    expect(frames[2]?.toString()).toBe('one and two');
    socket.close();
    expect(await ended).toEqual({ code: 1000, reason: '', fault: null });
  });

  it('sends texts and pongs, answers pings, and tells of control frames', async () => {
    const heard: string[] = [];
    const url = await socketServer((socket) => {
      socket.on('message', (data) => heard.push(`text ${(data as Buffer).toString()}`));
      socket.on('pong', (data) => heard.push(`pong ${data.toString()}`));
      socket.ping('are you there');
      socket.pong('unasked');
    });
    const { socket, open, alive } = opened(url);
    socket.send('too early');
    socket.pong('too early');
    await open;
    socket.send('hello');
    socket.pong('x'.repeat(300));
    await until(() => heard.length === 3 && alive() === 2);
    expect(heard.toSorted()).toEqual(['pong are you there', `pong ${'x'.repeat(125)}`, 'text hello']);
    socket.close();
  });

  it('does not take binary frames for text', async () => {
    const url = await socketServer((socket) => {
      socket.send(Buffer.from('0|H0STCNT0|001|1'), { binary: true });
      socket.send('text');
    });
    const { frames, socket } = opened(url);
    await until(() => frames.length === 1);
    expect(frames[0]?.toString()).toBe('text');
    socket.close();
  });

  it('ends on a frame that is too large, and says so', async () => {
    const url = await socketServer((socket) => socket.send('x'.repeat(2_000)));
    const { ended, frames, ends } = opened(url, { frameBytes: 1_000 });
    expect((await ended).fault).toBe('tooLarge');
    expect(frames).toHaveLength(0);
    expect(ends()).toBe(1);
  });

  it.each([
    ['a clean end', (socket: WebSocket) => socket.close(1001, 'bye'), { code: 1001, reason: 'bye', fault: null }],
    ['a line that breaks', (socket: WebSocket) => socket.terminate(), { code: 1006, reason: '', fault: 'cut' }],
  ])('tells of %s once', async (_, act, facts) => {
    const url = await socketServer(act);
    const { ended, ends, socket } = opened(url);
    expect(await ended).toEqual(facts);
    socket.close();
    socket.send('late');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ends()).toBe(1);
  });

  it('waits only so long for a server that says nothing', async () => {
    const url = await listening(createServer());
    expect((await opened(url, { openTimeoutMs: 50 }).ended).fault).toBe('timeout');
  });

  it('tells nobody there from somebody else there', async () => {
    const closed = createServer();
    const url = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect((await opened(url).ended).fault).toBe('refused');
    const page = createHttpServer((_, answer) => answer.writeHead(503).end('<html>점검</html>'));
    page.on('upgrade', (_, socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n<html>'));
    expect((await opened(await listening(page)).ended).fault).toBe('proxy');
  });

  it('goes through a proxy, and says when the proxy is to blame', async () => {
    const url = await socketServer((socket) => socket.send('through'));
    const asked: string[] = [];
    const proxy = createHttpServer();
    proxy.on('connect', (request, socket, head) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
      if (request.headers['proxy-authorization'] === undefined) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const [host, port] = (request.url ?? '').split(':');
      const far = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        far.write(head);
        far.pipe(socket).pipe(far);
      });
    });
    const address = new URL(await listening(proxy)).host;
    const proxyOf = () => `http://user:p%40ss@${address}`;
    const { frames, socket, ended } = opened(url, { proxyOf });
    await until(() => frames.length === 1);
    expect(asked).toEqual([`${new URL(url).host} Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    socket.close();
    expect((await ended).fault).toBeNull();
    expect((await opened(url, { proxyOf: () => `http://${address}` }).ended).fault).toBe('proxy');
    await new Promise((resolve) => proxy.close(resolve));
    expect((await opened(url, { proxyOf }).ended).fault).toBe('proxy');
    expect((await opened(url, { proxyOf: () => 'socks5://127.0.0.1:1' }).ended).fault).toBe('proxy');
  });

  it('hangs up on a server that does not answer the end', async () => {
    const url = await socketServer((socket) => socket.pause());
    const { socket, open, ended } = opened(url);
    await open;
    socket.close();
    expect((await ended).code).toBe(1006);
  });

  it('ends before it opened without a word too many', async () => {
    const url = await listening(createServer());
    const { socket, ended, ends } = opened(url);
    socket.close();
    await ended;
    expect(ends()).toBe(1);
  });

  it('does not leave this machine under test, whatever was allowed', async () => {
    const ways = [{ host: 'example.invalid', port: 21_000 }];
    expect((await opened('ws://example.invalid:21000', { allowed: ways }).ended).fault).toBe('locked');
    expect((await opened('ws://127.0.0.1.example.invalid').ended).fault).toBe('locked');
    expect((await opened('http://127.0.0.1').ended).fault).toBe('refused');
    expect((await opened('nonsense').ended).fault).toBe('refused');
  });
});
