/** The American day of the offline KIS: hours, orders in dollars, notices, and what paper has of it. */
import { createDecipheriv } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmulator, PlainClient, PlainSocket, type Said, type TestEmulator } from '#test/support/emulator.ts';

const ORDER = '/uapi/overseas-stock/v1/trading/order';
const CHANGE = '/uapi/overseas-stock/v1/trading/order-rvsecncl';

describe.each(['real', 'paper'] as const)('the American day, %s', (env) => {
  let at: TestEmulator;
  let me: PlainClient;
  let socket: PlainSocket;
  const notices = env === 'real' ? 'H0GSCNI0' : 'H0GSCNI9';
  const ids = env === 'real' ? ['TTTT1002U', 'TTTT1006U', 'TTTT1004U'] : ['VTTT1002U', 'VTTT1001U', 'VTTT1004U'];
  const [BUY = '', SELL = '', AMEND = ''] = ids;
  beforeAll(async () => {
    at = await openEmulator(env, { market: 'us', settings: { callsPerSecond: 1_000 } });
    me = await new PlainClient(at.emulator).login();
    socket = new PlainSocket(at.emulator, await me.approval());
    socket.ask(notices, at.emulator.facts.htsId);
    await at.emulator.step(60_000);
  });
  afterAll(() => at.emulator.close());

  const order = (tr: string, fields: Record<string, string>): Promise<Said> => {
    const usual = { OVRS_EXCG_CD: 'NASD', PDNO: 'AAPL', ORD_QTY: '5', ORD_SVR_DVSN_CD: '0', ORD_DVSN: '00' };
    const rest = { CTAC_TLNO: '', MGCO_APTM_ODNO: '', SLL_TYPE: tr === SELL ? '00' : '' };
    return me.post(ORDER, { ...me.account, ...usual, ...rest, ...fields }, me.headers(tr));
  };
  const change = (no: string, fields: Record<string, string>): Promise<Said> => {
    const usual = {
      OVRS_EXCG_CD: 'NASD',
      PDNO: 'AAPL',
      ORGN_ODNO: no,
      ORD_QTY: '5',
      OVRS_ORD_UNPR: '0',
      ORD_SVR_DVSN_CD: '0',
    };
    return me.post(CHANGE, { ...me.account, ...usual, ...fields }, me.headers(AMEND));
  };
  const heard = (): string[] => {
    const { iv = '', key = '' } = socket.acks()[0]?.body.output ?? {};
    return socket.heard
      .filter((text) => text.startsWith('1|'))
      .map((text) => {
        const decipher = createDecipheriv('aes-256-cbc', key, iv);
        const text2 = decipher.update(text.split('|')[3] ?? '', 'base64', 'utf8') + decipher.final('utf8');
        const f = text2.split('^');
        expect(f).toHaveLength(25);
        return [f[2], f[3], f[4], f[5], Number(f[8]), Number(f[9]) / 10_000, f[12], f[13]].join(' ');
      });
  };
  const bid = (): number =>
    (at.emulator.us.view(at.emulator.us.openOrders()[0]?.issue ?? aapl())?.bestBid ?? 0) / 10_000;
  const aapl = () => ({ symbol: 'AAPL', exchange: 'NASD', nameKo: '', nameEn: '', basePrice: 0, usual: 1 }) as const;

  it('is on at 23:30 in Korea, when the market at home takes no orders', async () => {
    const status = await me.send({
      method: 'GET',
      url: '/emulator/status',
      headers: { host: '127.0.0.1' },
      body: null,
    });
    expect(status.json).toMatchObject({ market: 'us', phase: 'continuous', now: '2026-11-24T14:31:00.000Z' });
    const home = await me.order(env === 'real' ? 'TTTC0012U' : 'VTTC0012U', { ORD_UNPR: '70000' });
    expect(home.json.msg_cd).toBe('APBK0918');
  });

  it('receives, changes, withdraws, and says so', async () => {
    const price = (bid() - 5).toFixed(2);
    const no = (await order(BUY, { OVRS_ORD_UNPR: price })).json.output.ODNO;
    const lower = (bid() - 6).toFixed(2);
    const second = (await change(no, { RVSE_CNCL_DVSN_CD: '01', OVRS_ORD_UNPR: lower })).json.output.ODNO;
    const third = (await change(second, { RVSE_CNCL_DVSN_CD: '02' })).json.output.ODNO;
    expect(new Set([no, second, third]).size).toBe(3);
    const [a, b] = [Number(price), Number(lower)];
    expect(heard()).toEqual([
      `${no}  02 0 5 ${a} 1 1`,
      `${second} ${no} 02 1 5 ${b} 1 1`,
      `${second} ${no} 02 1 5 ${b} 1 2`,
      `${third} ${second} 02 2 5 ${b} 1 1`,
      `${third} ${second} 02 2 5 ${b} 1 2`,
    ]);
    expect(at.emulator.us.cash()).toMatchObject({ total: 10_000_000, reserved: 0 });
  });

  it('fills a purchase at the price of the book, and the dollars follow to the cent', async () => {
    const said = await order(BUY, { ORD_QTY: '3', OVRS_ORD_UNPR: (bid() + 5).toFixed(2) });
    const bought = at.emulator.us.orders.at(-1);
    expect(bought).toMatchObject({ no: said.json.output.ODNO, status: 'filled', filledQty: 3 });
    const value = Math.round((bought?.traded ?? 0) / 100);
    // 0.25 % of commission, cut down to the cent.
    expect(at.emulator.us.cash().total).toBe(10_000_000 - value - Math.floor((value * 25) / 10_000));
    expect((await order(SELL, { ORD_QTY: '4', OVRS_ORD_UNPR: '500.00' })).json.msg_cd).toBe('APBK1234');
    expect((await order(SELL, { ORD_QTY: '3', OVRS_ORD_UNPR: '500.00' })).json.rt_cd).toBe('0');
  });

  it('refuses what the exchange and the firm refuse', async () => {
    const codes = [];
    for (const fields of [
      { OVRS_ORD_UNPR: '230.155' },
      { OVRS_ORD_UNPR: '200.00', ORD_QTY: '100000' },
      { OVRS_ORD_UNPR: '200.00', PDNO: 'NOPE' },
      { OVRS_ORD_UNPR: '200.00', ORD_QTY: '0' },
    ]) {
      codes.push((await order(BUY, fields)).json.msg_cd);
    }
    expect(codes).toEqual(['APBK0506', 'APBK0919', 'APBK0656', 'APBK0503']);
    const atClose = await order(SELL, { ORD_DVSN: '33', OVRS_ORD_UNPR: '0', ORD_QTY: '1' });
    expect(atClose.json.rt_cd).toBe('1');
  });
});
