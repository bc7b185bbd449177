/** The offline KIS over real wires, driven by a client that knows nothing but the protocol: fetch, ws, and AES from Node. */
import { createDecipheriv, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, serveEmulator } from '#core/emulator/index.ts';
import { systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { epochMs } from '#shared/time/index.ts';
import type { Ack, Body } from '#test/support/emulator.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { TEST_LISTING, WALL_AFTER_MS } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('trades: token, price, socket, order, encrypted fill, balance, a cut line, a second socket', async () => {
  const emulator = await createEmulator({
    env: 'paper',
    folder: tempFolder(),
    clock: { now: () => epochMs(WALL_AFTER_MS), monotonicMs: () => systemClock.monotonicMs() },
    timers: systemTimers,
    ids: systemIds,
    logger: createMemoryLog().logger,
    random: (size) => randomBytes(size),
    calendar: krxCalendar,
    catalogue: kisCatalogue(),
    listing: () => TEST_LISTING,
    settings: { pingPongMs: 200, callsPerSecond: 50 },
  });
  const served = await serveEmulator(emulator, { host: '127.0.0.1', port: 0, wsPort: 0 });
  const sockets: WebSocket[] = [];
  try {
    const { appKey: appkey, appSecret: appsecret, account, htsId } = emulator.facts;
    const json = { 'content-type': 'application/json' };
    const post = async (path: string, body: object, headers: object = {}) => {
      const said = await fetch(served.rest + path, {
        method: 'POST',
        headers: { ...json, ...headers },
        body: JSON.stringify(body),
      });
      return (await said.json()) as Body;
    };
    const grant = { grant_type: 'client_credentials', appkey };
    const { access_token } = await post('/oauth2/tokenP', { ...grant, appsecret });
    const { approval_key } = await post('/oauth2/Approval', { ...grant, secretkey: appsecret });
    const head = (tr_id: string) => ({
      authorization: `Bearer ${access_token}`,
      appkey,
      appsecret,
      tr_id,
      custtype: 'P',
    });
    const query = 'FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=005930';
    const price = await fetch(`${served.rest}/uapi/domestic-stock/v1/quotations/inquire-price?${query}`, {
      headers: head('FHKST01010100'),
    });
    expect([...price.headers.keys()]).toEqual(expect.arrayContaining(['tr_id', 'tr_cont', 'date']));
    const last = Number(((await price.json()) as Body).output.stck_prpr);
    expect(last).toBeGreaterThan(0);

    const heard: string[] = [];
    const open = (path: string): Promise<WebSocket> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(served.ws + path);
        sockets.push(socket);
        socket.on('open', () => resolve(socket));
        socket.on('error', reject);
      });
    const line = await open('/tryitout/H0STCNI9');
    let pings = 0;
    line.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (!text.includes('PINGPONG')) return void heard.push(text);
      // The three answers that clients give.
      pings += 1;
      if (pings % 3 === 0) line.send(text);
      else if (pings % 3 === 1) line.pong(text);
      else line.ping(text);
    });
    const subscribe = (socket: WebSocket, tr_id: string, tr_key: string): void => {
      const header = { approval_key, custtype: 'P', tr_type: '1', 'content-type': 'utf-8' };
      socket.send(JSON.stringify({ header, body: { input: { tr_id, tr_key } } }));
    };
    subscribe(line, 'H0STCNI9', htsId);
    subscribe(line, 'H0STASP0', '005930');
    await expect.poll(() => heard.filter((text) => text.includes('OPSP0000')).length).toBe(2);

    const [CANO, ACNT_PRDT_CD] = account.split('-');
    const order = { CANO, ACNT_PRDT_CD, PDNO: '005930', ORD_DVSN: '01', ORD_QTY: '2', ORD_UNPR: '0' };
    const path = '/uapi/domestic-stock/v1/trading/order-cash';
    const taken = await post(path, order, head('VTTC0012U'));
    expect(taken.rt_cd).toBe('0');
    const ack = JSON.parse(heard.find((text) => text.includes('H0STCNI9')) ?? '{}') as Ack;
    const { iv = '', key = '' } = ack.body.output ?? {};
    const notices = (): string[][] =>
      heard
        .filter((text) => text.startsWith('1|'))
        .map((text) => {
          const decipher = createDecipheriv('aes-256-cbc', key, iv);
          return (decipher.update(text.split('|')[3] ?? '', 'base64', 'utf8') + decipher.final('utf8')).split('^');
        });
    await expect
      .poll(() => notices().some((fields) => fields[2] === taken.output.ODNO && fields[13] === '2'))
      .toBe(true);

    await post('/emulator/faults', { fault: 'cut', when: 'after', only: 'orders' });
    await expect(post(path, { ...order, ORD_QTY: '1' }, head('VTTC0012U'))).rejects.toThrow('fetch failed');
    expect(emulator.books().orders).toHaveLength(2);

    const second = await open('/');
    const refusal = new Promise<string>((resolve) =>
      second.on('message', (data: Buffer) => resolve(data.toString('utf8'))),
    );
    const closed = new Promise<number>((resolve) => second.on('close', resolve));
    subscribe(second, 'H0STCNT0', '005930');
    expect(await refusal).toContain('OPSP8996');
    expect(await closed).toBe(1000);
    await expect.poll(() => heard.some((text) => text.startsWith('0|H0STASP0|'))).toBe(true);
    await expect.poll(() => pings).toBeGreaterThan(3);
    expect(line.readyState).toBe(WebSocket.OPEN);
  } finally {
    for (const socket of sockets) socket.terminate();
    await served.close();
    await emulator.close();
  }
});
