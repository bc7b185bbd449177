/** The offline KIS in one process: what a client's transport meets when something goes wrong on purpose, and that the books keep what happened. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryTransport, readScript, type MemoryTransport } from '#core/emulator/index.ts';
import { TransportError, type HttpAnswer } from '#core/platform/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { openEmulator, PlainClient, type TestEmulator } from '#test/support/emulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

let at: TestEmulator;
let me: PlainClient;
let wire: MemoryTransport;
let before: number;
beforeAll(async () => {
  at = await openEmulator('real', { settings: { callsPerSecond: 1_000 } });
  me = await new PlainClient(at.emulator).login();
});
afterAll(() => at.emulator.close());
beforeEach(() => {
  wire = memoryTransport(at.emulator, { timers: at.time.timers, latencyMs: 20, rng: Rng.from(1) });
  before = at.emulator.books().orders.length;
});
afterEach(() => at.emulator.faults.clear());

/** Orders that came since the test began. */
const orders = (): number => at.emulator.books().orders.length - before;

/** Sends an order over the wire and lets time pass until it is settled. */
async function order(timeoutMs = 5_000): Promise<HttpAnswer | TransportError> {
  const body = JSON.stringify({ ...me.account, PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '65000' });
  const headers = { ...me.headers('TTTC0012U'), 'content-type': 'application/json' };
  const url = 'http://127.0.0.1:1/uapi/domestic-stock/v1/trading/order-cash';
  const sent = wire.request({ method: 'POST', url, headers, body, timeoutMs }).catch((error: unknown) => error);
  await at.time.advance(timeoutMs + 100);
  return (await sent) as HttpAnswer | TransportError;
}

const failed = (said: HttpAnswer | TransportError): unknown =>
  said instanceof TransportError ? [said.fault, said.sent] : said.status;

describe('calls that go wrong', () => {
  it('answer after their way there and back', async () => {
    const said = await order();
    expect([failed(said), orders()]).toEqual([200, 1]);
  });

  it.each([
    { wish: { kind: 'cut', when: 'before' }, fault: ['cut', true], taken: 0 },
    { wish: { kind: 'cut', when: 'after' }, fault: ['cut', true], taken: 1 },
    { wish: { kind: 'silence', taken: true }, fault: ['timeout', true], taken: 1 },
    { wish: { kind: 'silence', taken: false }, fault: ['timeout', true], taken: 0 },
    { wish: { kind: 'gateway', code: 'EGW00301' }, fault: 500, taken: 0 },
    { wish: { kind: 'html', status: 503 }, fault: 503, taken: 0 },
    { wish: { kind: 'html', status: 502, taken: true }, fault: 502, taken: 1 },
    { wish: { kind: 'status', status: 504 }, fault: 504, taken: 0 },
    { wish: { kind: 'slow', ms: 8_000 }, fault: ['timeout', true], taken: 0 },
  ] as const)('$wish.kind: $fault, order taken $taken', async ({ wish, fault, taken }) => {
    at.emulator.faults.call(wish, { only: 'orders' });
    expect(failed(await order())).toEqual(fault);
    expect(orders()).toBe(taken);
    // Only the next call was meant.
    expect(failed(await order())).toBe(200);
  });

  it('end in the middle of their JSON', async () => {
    at.emulator.faults.call({ kind: 'truncated' }, { tr: ['TTTC0012U'] });
    const said = (await order()) as HttpAnswer;
    expect(() => JSON.parse(said.body.toString('utf8')) as unknown).toThrow(SyntaxError);
    expect(orders()).toBe(1);
  });

  it('find nobody while the network is away: not sent, and sent where it went away in between', async () => {
    wire.setOffline(true);
    expect(failed(await order())).toEqual(['offline', false]);
    wire.setOffline(false);
    at.emulator.faults.call({ kind: 'slow', ms: 500 });
    at.time.timers.after(200, () => wire.setOffline(true));
    expect(failed(await order())).toEqual(['cut', true]);
    expect(orders()).toBe(1);
  });

  it('can be taken back by the caller', async () => {
    const stop = new AbortController();
    const sent = wire
      .request({ method: 'GET', url: '/x', headers: {}, body: null, timeoutMs: 1_000, signal: stop.signal })
      .catch((error: unknown) => error);
    stop.abort();
    expect(failed((await sent) as TransportError)).toEqual(['canceled', false]);
  });
});

describe('the whole server', () => {
  it('storms, rests for maintenance, and has a wrong clock', async () => {
    at.emulator.faults.server({ kind: 'rateStorm', ms: 1_000 });
    expect(failed(await order(500))).toBe(500);
    at.emulator.faults.server({ kind: 'maintenance', ms: 2_000, as: 'html' });
    const page = (await order(500)) as HttpAnswer;
    expect([page.status, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    await at.time.advance(2_000);
    at.emulator.faults.server({ kind: 'clock', offsetMs: 9 * 3_600_000 });
    const late = (await order()) as HttpAnswer;
    expect(late.headers['date']).toMatch(/^Tue, 24 Nov 2026 09:01/);
    at.emulator.faults.clear();
    expect(((await order()) as HttpAnswer).headers['date']).toMatch(/^Tue, 24 Nov 2026 00:01/);
  });

  it('takes faults by the control path, from this machine only, and says what it does not understand', async () => {
    const post = (body: unknown, more: Record<string, string> = {}) =>
      me.post('/emulator/faults', body, { host: '127.0.0.1:8080', ...more });
    expect((await post({ fault: 'silence', taken: true, only: 'orders' })).json).toEqual({ faults: 1 });
    expect(failed(await order(300))).toEqual(['timeout', true]);
    expect((await post({ fault: 'nonsense' })).status).toBe(400);
    expect((await post({ fault: 'clear' }, { host: 'evil.example' })).status).toBe(403);
    expect((await post({ fault: 'clear' }, { origin: 'http://evil.example' })).status).toBe(403);
    const market = await me.post('/emulator/market', { do: 'step', ms: 5_000 });
    expect(market.json).toMatchObject({ phase: 'continuous', sessionDate: '2026-11-24' });
  });

  it('plays a script by time, and refuses a script it cannot read with the line', () => {
    expect(readScript('# nothing\n\n{"at":"09:30","fault":"drop"}\n')).toEqual([
      { at: '09:30', afterMs: 0, wish: { fault: 'drop', midFrame: false } },
    ]);
    expect(() => readScript('{"fault":"drop"}\n{"fault":"slow"}')).toThrow(expect.objectContaining({ line: 2 }));
  });
});

describe('sockets over memory', () => {
  it('open, speak in order, break without a close frame, and tell once', async () => {
    const told: string[] = [];
    const socket = wire.openSocket('ws://127.0.0.1:1/tryitout/H0STCNT0', {
      opened: () => told.push('opened'),
      received: (data) => told.push(data.toString('utf8').slice(0, 40)),
      alive: () => told.push('alive'),
      closed: ({ code, fault }) => told.push(`closed ${code} ${fault ?? ''}`),
    });
    await at.time.advance(100);
    const header = { approval_key: await me.approval(), custtype: 'P', tr_type: '1', 'content-type': 'utf-8' };
    socket.send(JSON.stringify({ header, body: { input: { tr_id: 'H0STASP0', tr_key: '005930' } } }));
    await at.time.advance(100);
    expect(told).toEqual(['opened', '{"header":{"tr_id":"H0STASP0","tr_key":"']);
    await at.emulator.step(1_000);
    await at.time.advance(100);
    expect(told[2]).toMatch(/^0\|H0STASP0\|001\|005930\^0901/);
    at.emulator.faults.socket({ kind: 'drop' });
    await at.time.advance(100);
    socket.close();
    await at.time.advance(100);
    expect(told.slice(-1)).toEqual(['closed 1006 cut']);
    expect(told.filter((each) => each.startsWith('closed'))).toHaveLength(1);
  });
});

describe('a restart', () => {
  it('finds the same keys, account, orders and holdings', async () => {
    const folder = tempFolder();
    const first = await openEmulator('real', { folder });
    const customer = await new PlainClient(first.emulator).login();
    await customer.order('TTTC0012U', { ORD_UNPR: '65000' });
    await customer.order('TTTC0012U', { ORD_DVSN: '01', ORD_QTY: '3' });
    const [facts, books] = [first.emulator.facts, first.emulator.books()];
    await first.emulator.close();
    const second = await openEmulator('real', { folder });
    expect(second.emulator.facts).toEqual(facts);
    expect(second.emulator.books()).toMatchObject({ orders: books.orders, executions: books.executions });
    await second.emulator.close();
    await expect(openEmulator('paper', { folder })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    rmSync(join(folder, 'emulator.json'));
    // What looks like the folder of a workstation is left alone.
    await expect(openEmulator('real', { folder })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
