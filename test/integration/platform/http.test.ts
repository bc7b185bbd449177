/** HTTP over real sockets: answers, bounds, every way an answer can fail to come, and whether the request was sent. */
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createHttpClient,
  TransportError,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
} from '#core/platform/index.ts';
import { selfSigned } from '#test/support/self-signed.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function listen(server: Server | RawServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const web = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> =>
  listen(createServer(answer));

/** A server below HTTP: what it does with the bytes of a request. */
const wire = (heard: (socket: Socket, text: string) => void): Promise<number> =>
  listen(createRawServer((socket) => socket.on('data', (data) => heard(socket, data.toString()))));

function client(options: HttpClientOptions = {}): HttpClient {
  const made = createHttpClient(options);
  closers.push(() => made.close());
  return made;
}

function get(port: number, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: `http://127.0.0.1:${port}/path?a=1`,
    headers: {},
    body: null,
    timeoutMs: 5_000,
    ...more,
  };
}

async function fault(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'an answer',
    (error: unknown) => (error instanceof TransportError ? `${error.fault} ${String(error.sent)}` : String(error)),
  );
}

describe('a call', () => {
  it('brings status, headers in lower case and the body as bytes, and tells when it went out', async () => {
    const heard: string[] = [];
    const port = await web((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        heard.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['tr_id'] as string} ${body}`);
        response.writeHead(500, { Tr_Cont: 'M', 'X-Two': ['a', 'b'] });
        response.end(Buffer.from([0xff, 0x00, 0x41]));
      });
    });
    let written = 0;
    const answer = await client().request(
      get(port, { method: 'POST', body: '{"가":1}', headers: { tr_id: 'TTTC0012U' }, written: () => (written += 1) }),
    );
    expect(heard).toEqual(['POST /path?a=1 TTTC0012U {"가":1}']);
    expect(answer.status).toBe(500);
    expect(answer.headers).toMatchObject({ tr_cont: 'M', 'x-two': 'a, b' });
    expect([...answer.body]).toEqual([0xff, 0x00, 0x41]);
    expect(written).toBe(1);
  });

  it('keeps its connection for the next', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('ok'));
    server.on('connection', () => (connections += 1));
    const port = await listen(server);
    const http = client();
    for (let i = 0; i < 5; i += 1) await http.request(get(port));
    // A second one where the first was not free yet when the next call came.
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('follows no redirect: the keys in its headers stay where they were meant to go', async () => {
    let elsewhere = 0;
    const other = await web((_, response) => (elsewhere += 1) && response.end());
    const port = await web((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${other}/` });
      response.end();
    });
    expect((await client().request(get(port))).status).toBe(302);
    expect(elsewhere).toBe(0);
  });
});

describe('no answer', () => {
  it('nobody listens: refused, not sent', async () => {
    const port = await listen(createRawServer());
    await closers.pop()?.();
    let written = 0;
    expect(await fault(client().request(get(port, { written: () => (written += 1) })))).toBe('refused false');
    expect(written).toBe(0);
  });

  it('a name that does not exist: offline, not sent', async () => {
    // Only loopback may be called here, so the name is asked for in a process of its own below.
    expect(await fault(client().request(get(1, { url: 'http://no-such-host.invalid/' })))).toBe('locked false');
  });

  it('cut after the request, before or in the middle of the answer: sent', async () => {
    const before = await wire((socket) => socket.destroy());
    expect(await fault(client().request(get(before)))).toBe('cut true');
    const middle = await wire((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"rt_cd"');
      setTimeout(() => socket.destroy(), 20);
    });
    expect(await fault(client().request(get(middle)))).toBe('cut true');
    const noise = await wire((socket) => socket.end('\u0000\u0001 what is this\r\n\r\n'));
    expect(await fault(client().request(get(noise)))).toBe('cut true');
  });

  it('silence: timeout, sent; and the request is never written a second time', async () => {
    const heard: string[] = [];
    const port = await wire((_, text) => heard.push(text));
    const http = client();
    expect(await fault(http.request(get(port, { method: 'POST', body: '{}', timeoutMs: 150 })))).toBe('timeout true');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard.join('').match(/POST/g)).toHaveLength(1);
  });

  it('a stale connection is not written into: the order goes out once, over a new one', async () => {
    const heard: string[] = [];
    const port = await wire((socket, text) => {
      heard.push(text.slice(0, 4));
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
    });
    const http = client();
    await http.request(get(port));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await http.request(get(port, { method: 'POST', body: '{}' }))).status).toBe(200);
    expect(heard).toEqual(['GET ', 'POST']);
  });

  it('a body past the bound: too large, whether it says so or not', async () => {
    const honest = await web((_, response) => response.end(Buffer.alloc(5_000)));
    expect(await fault(client({ answerBytes: 1_000 }).request(get(honest)))).toBe('tooLarge true');
    const endless = await web((_, response) => {
      const more = (): void => {
        if (!response.destroyed && response.write(Buffer.alloc(4_096))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    expect(await fault(client({ answerBytes: 100_000 }).request(get(endless)))).toBe('tooLarge true');
    expect((await client({ answerBytes: 5_000 }).request(get(honest))).body.length).toBe(5_000);
  });

  it('given up: canceled, and sent as far as it was', async () => {
    const port = await wire(() => undefined);
    const early = new AbortController();
    early.abort();
    expect(await fault(client().request(get(port, { signal: early.signal })))).toBe('canceled false');
    const late = new AbortController();
    setTimeout(() => late.abort(), 100);
    expect(await fault(client().request(get(port, { signal: late.signal })))).toBe('canceled true');
  });

  it('given up while all connections are taken: not sent, and never written afterwards', async () => {
    const heard: string[] = [];
    const port = await wire((_, text) => heard.push(text));
    const http = client();
    const taken = Array.from({ length: 64 }, () => http.request(get(port)).catch(() => undefined));
    const late = new AbortController();
    setTimeout(() => late.abort(), 200);
    const post = get(port, { method: 'POST', body: '{}', signal: late.signal });
    expect(await fault(http.request(post))).toBe('canceled false');
    await http.close();
    await Promise.all(taken);
    expect(heard.join('')).not.toContain('POST');
  });
});

describe('TLS', () => {
  it('with a certificate that nobody vouches for: nothing is sent', async () => {
    let asked = 0;
    const port = await listen(createTlsServer(selfSigned(), (_, response) => (asked += 1) && response.end('ok')));
    expect(await fault(client().request(get(port, { url: `https://127.0.0.1:${port}/` })))).toBe('tls false');
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await fault(client().request(get(port, { url: `https://127.0.0.1:${port}/` })))).toBe('tls false');
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(asked).toBe(0);
  });

  it('with a server that speaks plainly: nothing is sent', async () => {
    const port = await web((_, response) => response.end('ok'));
    expect(await fault(client().request(get(port, { url: `https://127.0.0.1:${port}/` })))).toBe('tls false');
  });
});

describe('the way out', () => {
  it('is shut under test, whatever was permitted', async () => {
    const allowed = [{ host: 'broker.invalid', port: 9443 }];
    const request = get(1, { url: 'https://broker.invalid:9443/' });
    expect(await fault(client({ allowed }).request(request))).toBe('locked false');
  });

  it('opens for exactly one host and port elsewhere, through the proxy of the environment, with clear faults', async () => {
    const seen: string[] = [];
    const refusing = await listen(
      createServer().on('connect', (request: IncomingMessage, socket: Socket) => {
        seen.push(request.url ?? '');
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      }),
    );
    const cutting = await listen(
      createServer().on('connect', (_: IncomingMessage, socket: Socket) => socket.destroy()),
    );
    // Leads to a server that answers the handshake in plain text.
    const tunnel = await listen(
      createServer().on('connect', (_: IncomingMessage, socket: Socket) => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      }),
    );
    const url = 'https://broker.invalid:9443/oauth2/tokenP';
    const allowed = [{ host: 'broker.invalid', port: 9443 }];
    const trials = [
      { url, allowed: [], env: {} },
      { url, allowed: [{ host: 'broker.invalid', port: 443 }], env: {} },
      { url: 'https://other.invalid:9443/', allowed, env: {} },
      { url, allowed, env: { HTTPS_PROXY: `http://127.0.0.1:${refusing}` } },
      { url, allowed, env: { https_proxy: `127.0.0.1:${cutting}` } },
      { url, allowed, env: { ALL_PROXY: 'http://127.0.0.1:9' } },
      { url, allowed, env: { HTTPS_PROXY: 'no proxy at all' } },
      { url, allowed, env: { HTTPS_PROXY: `http://127.0.0.1:${tunnel}` } },
      { url, allowed, env: { HTTPS_PROXY: `http://127.0.0.1:${refusing}`, NO_PROXY: '.invalid' } },
    ];
    const script = fileURLToPath(new URL('../../support/http-ways.ts', import.meta.url));
    const { VITEST: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(trials)], { env });
    expect(JSON.parse(stdout)).toEqual([
      'locked false',
      'locked false',
      'locked false',
      'proxy false',
      'proxy false',
      'proxy false',
      'proxy false',
      'tls false',
      'offline false',
    ]);
    expect(seen).toEqual(['broker.invalid:9443']);
  }, 20_000);
});
