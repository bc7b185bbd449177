/** The web door: who gets in, what is served, and what a hostile page or program meets. */
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWebHost, type WebHost } from '#core/hosts/web/index.ts';
import { fileShelf } from '#core/start/session-file.ts';
import { createTokenDesk } from '#core/hosts/web/token.ts';
import { systemIds, systemTimers } from '#core/platform/index.ts';
import { connect, decodeFrame, encodeFrame, type Frame, serve, socketPipe } from '#shared/rpc/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { SampleCore, sampleContract } from '../../support/sample-contract.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let host: WebHost;
let core: SampleCore;
let log: ReturnType<typeof createMemoryLog>;
let folder: string;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  folder = tempFolder();
  const staticDir = join(folder, 'screen');
  mkdirSync(join(staticDir, 'assets'), { recursive: true });
  writeFileSync(
    join(staticDir, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>마루</title>',
  );
  writeFileSync(join(staticDir, 'assets', 'main-abc.js'), 'export {};');
  writeFileSync(join(staticDir, 'notes.sqlite'), 'not for the web');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  symlinkSync(join(folder, 'secret.txt'), join(staticDir, 'link.txt'));
  core = new SampleCore();
  log = createMemoryLog();
  host = await startWebHost({
    port: 0,
    staticDir,
    logger: log.logger,
    timers: systemTimers,
    serve: (pipe, door) => {
      const server = serve(sampleContract, core.handlers, pipe, {
        protocol: 1,
        door,
        timers: systemTimers,
        logger: log.logger,
        ids: systemIds,
      });
      return () => server.dispose();
    },
  });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await host.close();
});

const tokenOf = (url: string): string => url.split('#token=')[1] ?? '';

async function open(
  headers: { readonly origin?: string; readonly host?: string; readonly path?: string } = {},
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${headers.path ?? '/pipe'}`, {
    headers: {
      ...(headers.origin === '' ? {} : { origin: headers.origin ?? host.origin }),
      ...(headers.host ? { host: headers.host } : {}),
    },
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}

async function enter(claim: { readonly token?: string; readonly session?: string }) {
  const socket = await open();
  return connect(sampleContract, socketPipe(socket), {
    protocol: 1,
    timers: systemTimers,
    report: () => undefined,
    ...claim,
  });
}

/** Sends raw messages after the welcome and returns what comes back for each. */
async function rawSession() {
  const socket = await open();
  socket.binaryType = 'arraybuffer';
  const frames: Frame[] = [];
  let waiting: (() => void) | null = null;
  socket.on('message', (data: Buffer, binary) => {
    frames.push(decodeFrame(binary ? data : data.toString()).frame as Frame);
    waiting?.();
  });
  const next = async (): Promise<Frame | undefined> => {
    if (frames.length === 0) await new Promise<void>((resolve) => (waiting = resolve));
    return frames.shift();
  };
  socket.send(encodeFrame({ kind: 'hello', protocol: 1, token: tokenOf(host.mintUrl()) }));
  await next();
  return { socket, next };
}

describe('tokens', () => {
  it('open once; the session they bring opens again', async () => {
    const token = tokenOf(host.mintUrl());
    expect(token.length).toBeGreaterThanOrEqual(43);
    const first = await enter({ token });
    const { session } = await first.ready;
    expect(session).toBeTypeOf('string');
    expect(await first.client.desk.double({ n: 4 })).toEqual({ n: 8 });
    first.close();

    const reloaded = await enter({ session: session ?? '' });
    expect((await reloaded.ready).session).toBe(session);

    const stolen = await enter({ token });
    await expect(stolen.ready).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(await stolen.closed).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it.each([
    ['nothing', {}],
    ['a guess', { token: 'x' }],
    ['an empty token', { token: '' }],
    ['a guessed session', { session: 'x' }],
    ['two guesses', { token: 'x'.repeat(200), session: 'y' }],
  ])('are not replaced by %s', async (_, claim) => {
    const connection = await enter(claim);
    await expect(connection.ready).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(core.contexts).toEqual([]);
  });

  it('are needed before anything reaches the core', async () => {
    for (const message of ['{}', 'x', encodeFrame({ kind: 'call', id: 1, method: 'desk.double', input: { n: 1 } })]) {
      const socket = await open();
      socket.send(message);
      const answers: string[] = [];
      socket.on('message', (data: Buffer) => answers.push(data.toString()));
      await new Promise((resolve) => socket.once('close', resolve));
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatch(/FRAME_MALFORMED|FRAME_OUT_OF_ORDER/);
    }
  });

  it('are not in the log', async () => {
    const token = tokenOf(host.mintUrl());
    const connection = await enter({ token });
    const { session } = await connection.ready;
    const wrong = await enter({ token: 'wrong-token-of-somebody' });
    await wrong.closed;
    const text = JSON.stringify(log.lines);
    expect(text).toContain('TOKEN_INVALID');
    for (const secret of [token, session ?? 'none', 'wrong-token-of-somebody']) expect(text).not.toContain(secret);
  });
});

describe('the socket', () => {
  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a page without origin', { origin: '' }],
    ['a name that only points here', { host: 'evil.example', origin: 'http://evil.example' }],
    ['the other own name', { origin: 'http://localhost:0' }],
    ['another path', { path: '/other' }],
  ])('is refused to %s', async (_, headers) => {
    await expect(open(headers)).rejects.toThrow(/40[34]/);
  });

  it('is open under localhost too', async () => {
    const name = `localhost:${host.port}`;
    const socket = await open({ host: name, origin: `http://${name}` });
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it('answers malformed and oversized messages and stays', async () => {
    const { socket, next } = await rawSession();
    const code = async (message: string | Uint8Array): Promise<unknown> => {
      socket.send(message);
      const frame = await next();
      return frame?.kind === 'error' ? frame.error.code : frame?.kind;
    };
    expect(await code('{')).toBe('FRAME_MALFORMED');
    expect(await code(new Uint8Array([9, 9]))).toBe('FRAME_MALFORMED');
    expect(await code(new Uint8Array([255, 255, 255, 255, 1]))).toBe('FRAME_MALFORMED');
    expect(await code(new Uint8Array(8 * 1_048_576 + 1))).toBe('FRAME_TOO_LARGE');
    expect(await code('가'.repeat(3 * 1_048_576))).toBe('FRAME_TOO_LARGE');
    expect(await code(encodeFrame({ kind: 'hello', protocol: 1 }))).toBe('FRAME_OUT_OF_ORDER');
    expect(await code(encodeFrame({ kind: 'call', id: 1, method: 'desk.double', input: { n: 1 } }))).toBe('result');
  });

  it('is cut at absurd sizes, and others go on', async () => {
    const { socket } = await rawSession();
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.send(new Uint8Array(33 * 1_048_576));
    expect(await closed).toBe(1_009);
    const other = await enter({ token: tokenOf(host.mintUrl()) });
    expect(await other.client.desk.double({ n: 1 })).toEqual({ n: 2 });
  });

  it('carries tables and bytes', async () => {
    const { client } = await enter({ token: tokenOf(host.mintUrl()) });
    const table = await client.desk.table({ rows: 100_000 });
    expect([table.length, table.columns.ts[99_999], table.columns.close[0]]).toEqual([100_000, 99_999, 70_000]);
    expect(await client.desk.upload({}, new Uint8Array(4 * 1_048_576))).toBe(4 * 1_048_576);
  });

  it('feeds streams and stops them when the page goes', async () => {
    const connection = await enter({ token: tokenOf(host.mintUrl()) });
    const first = new Promise<readonly number[]>((resolve) => {
      core.onState = (sink) => sink.snapshot([1, 2]);
      connection.client.desk.state({}, { batch: resolve });
    });
    expect(await first).toEqual([1, 2]);
    connection.close();
    await expect.poll(() => core.states[0]?.stopped).toBe(1);
  });

  it('is closed with the door, and the port is free again', async () => {
    const connection = await enter({ token: tokenOf(host.mintUrl()) });
    await connection.ready;
    await host.close();
    expect(await connection.closed).toMatchObject({ code: 'PIPE_CLOSED' });
    await expect(rawRequest({ port: host.port, path: '/' })).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the screen', () => {
  const ask = (path: string, more: { readonly method?: string; readonly headers?: Record<string, string> } = {}) =>
    rawRequest({
      port: host.port,
      path,
      headers: { host: `127.0.0.1:${host.port}`, ...more.headers },
      ...(more.method ? { method: more.method } : {}),
    });

  it('is served with a strict policy and a new nonce each time', async () => {
    const answer = await ask('/');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['set-cookie']).toBeUndefined();
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${host.port} ws://localhost:${host.port};`);
    expect(policy).not.toContain('unsafe');
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(answer.body).toContain(`nonce="${nonce}"`);
    expect((await ask('/')).body).not.toContain(nonce);
  });

  it('keeps hashed files for ever', async () => {
    const answer = await ask('/assets/main-abc.js');
    expect(answer).toMatchObject({ status: 200, body: 'export {};' });
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(await ask('/assets/main-abc.js', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each(
    [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//etc/passwd',
      '/link.txt',
      '/notes.sqlite',
      '/assets',
      '/none.js',
      '/%00',
      '/%zz',
      `/${'a'.repeat(2_000)}`,
      'http://evil.example/index.html',
    ].map((path) => [path.slice(0, 40), path]),
  )('does not serve %s', async (_, path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('outside');
  });

  it('is for its own names and for reading only', async () => {
    expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await ask('/', { headers: { host: '127.0.0.1' } })).status).toBe(403);
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
  });
});

describe('the port', () => {
  it('in use is said in words', async () => {
    const second = startWebHost({
      port: host.port,
      staticDir: folder,
      logger: log.logger,
      timers: systemTimers,
      serve: () => () => undefined,
    });
    await expect(second).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE', params: { port: host.port } });
  });
});

describe('sessions over a restart', () => {
  it('are known again from digests alone, until a day has passed or the file is damaged', () => {
    const path = join(folder, 'sessions.json');
    let now = 1_700_000_000_000;
    const clock = { now: () => epochMs(now), monotonicMs: () => now };
    const open = () => createTokenDesk(fileShelf({ path, clock, logger: log.logger }));
    const desk = open();
    const session = desk.admit({ token: desk.mint() });
    expect(readFileSync(path, 'utf8')).not.toContain(session);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(open().admit({ session })).toBe(session);
    // A one-time token does not outlive its core.
    const late = open().mint();
    expect(() => open().admit({ token: late })).toThrow('TOKEN_INVALID');
    now += 86_400_000;
    expect(() => open().admit({ session })).toThrow('TOKEN_INVALID');
    writeFileSync(path, '{"version":1,"sessions":[{"digest":"zz"}]}');
    expect(() => open().admit({ session })).toThrow('TOKEN_INVALID');
    const after = open();
    expect(after.admit({ token: after.mint() })).toHaveLength(43);
  });
});
