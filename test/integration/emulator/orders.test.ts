/** Orders at the offline KIS: numbers, changes, refusals, inquiries with pages, and the notices that tell of them. */
import { createDecipheriv } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEmulator, PlainClient, PlainSocket, type TestEmulator } from '#test/support/emulator.ts';
import older from '#test/fixtures/kis/ws.notices-decrypted.json' with { type: 'json' };

const DAILY = '/uapi/domestic-stock/v1/trading/inquire-daily-ccld';
const OPEN = '/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl';

describe('orders', () => {
  let at: TestEmulator;
  let me: PlainClient;
  let socket: PlainSocket;
  beforeAll(async () => {
    at = await openEmulator('real', { settings: { callsPerSecond: 1_000 } });
    me = await new PlainClient(at.emulator).login();
    socket = new PlainSocket(at.emulator, await me.approval());
    expect(socket.ask('H0STCNI0', at.emulator.facts.htsId)).toBe('OPSP0000');
  });
  afterAll(() => at.emulator.close());
  beforeEach(
    () => void socket.heard.splice(0, socket.heard.length, ...socket.heard.filter((text) => text.startsWith('{'))),
  );

  const place = async (fields: Record<string, string>, tr = 'TTTC0012U'): Promise<string> => {
    const said = await me.order(tr, fields);
    expect(said.json).toMatchObject({ rt_cd: '0', msg_cd: 'APBK0013' });
    expect(said.json.output.ODNO).toMatch(/^\d{10}$/);
    expect(said.json.output).toMatchObject({ KRX_FWDG_ORD_ORGNO: '06010' });
    return said.json.output.ODNO;
  };
  const notices = (): string[][] => {
    const { iv, key } = socket.acks().find(({ header }) => header.tr_id === 'H0STCNI0')?.body.output as {
      iv: string;
      key: string;
    };
    return socket.heard
      .filter((text) => text.startsWith('1|H0STCNI0|001|'))
      .map((text) => {
        const decipher = createDecipheriv('aes-256-cbc', key, iv);
        const bytes = [decipher.update(text.split('|')[3] ?? '', 'base64'), decipher.final()];
        return Buffer.concat(bytes).toString('utf8').split('^');
      });
  };
  /** ODER_NO, OODER_NO, RCTF, CNTG_QTY, CNTG_UNPR, RFUS, CNTG, ACPT of each. */
  const short = (): string[][] => notices().map((f) => [2, 3, 5, 9, 10, 12, 13, 14].map((place) => f[place] ?? ''));
  const daily = async (more: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const asked = {
      ...me.account,
      INQR_STRT_DT: '20261124',
      INQR_END_DT: '20261124',
      SLL_BUY_DVSN_CD: '00',
      INQR_DVSN: '00',
      PDNO: '',
      CCLD_DVSN: '00',
      ORD_GNO_BRNO: '',
      ODNO: '',
      INQR_DVSN_3: '00',
      INQR_DVSN_1: '',
      CTX_AREA_FK100: '',
      CTX_AREA_NK100: '',
      ...more,
    };
    return me.get(DAILY, 'TTTC0081R', asked, headers);
  };

  it('receives, changes and withdraws under new numbers, and says so', async () => {
    const no = await place({ ORD_QTY: '10', ORD_UNPR: '65000' });
    const changed = await me.change('TTTC0013U', { ORGN_ODNO: no, RVSE_CNCL_DVSN_CD: '01', ORD_UNPR: '65100' });
    const second = changed.json.output.ODNO;
    expect(second).not.toBe(no);
    const gone = await me.change('TTTC0803U', { ORGN_ODNO: second, RVSE_CNCL_DVSN_CD: '02' });
    const third = gone.json.output.ODNO;
    expect(short()).toEqual([
      [no, '', '0', '0000000010', '000065000', '0', '1', '1'],
      [second, no, '1', '0000000010', '000065100', '0', '1', '1'],
      [second, no, '1', '0000000010', '000065100', '0', '1', '2'],
      [third, second, '2', '0000000010', '000065100', '0', '1', '1'],
      [third, second, '2', '0000000010', '000065100', '0', '1', '2'],
    ]);
    expect(notices().every((fields) => fields.length === 26)).toBe(true);
    // The widths of the broker's own, older notice.
    const [first] = notices();
    const theirs = older.H0STCNI0.receipt.split('^');
    for (const place of [2, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16]) {
      expect(first?.[place]?.length, `field ${place}`).toBe(theirs[place]?.length);
    }
    const rows = (await daily()).json.output1;
    const byNo = new Map(rows.map((row) => [row['odno'], row]));
    expect(byNo.get(third)).toMatchObject({ orgn_odno: second, cncl_cfrm_qty: '10', rmn_qty: '0' });
    expect(byNo.get(second)).toMatchObject({ orgn_odno: no, cncl_yn: 'Y', rmn_qty: '0' });
    expect(byNo.get(no)).toMatchObject({ orgn_odno: '', cncl_yn: 'N', rmn_qty: '0', tot_ccld_qty: '0' });
  });

  it('fills with the quantity and price of each fill, and an IOC says that its rest is gone', async () => {
    const { bestAsk, bestAskQty } = at.emulator.simulator.issue('KRX:005930') as {
      bestAsk: number;
      bestAskQty: number;
    };
    const quantity = bestAskQty + 7;
    const fields = { ORD_DVSN: '11', ORD_QTY: String(quantity), ORD_UNPR: String(bestAsk) };
    const no = await place(fields);
    const all = short();
    expect(all[0]).toEqual([
      no,
      '',
      '0',
      String(quantity).padStart(10, '0'),
      String(bestAsk).padStart(9, '0'),
      '0',
      '1',
      '1',
    ]);
    const fills = all.filter((each) => each[6] === '2');
    expect(fills.reduce((sum, each) => sum + Number(each[3]), 0)).toBe(bestAskQty);
    expect(all.at(-1)).toEqual([no, '', '0', '0000000007', String(bestAsk).padStart(9, '0'), '0', '1', '3']);
    const [row] = (await daily({ ODNO: no })).json.output1;
    expect(row).toMatchObject({
      tot_ccld_qty: String(bestAskQty),
      tot_ccld_amt: String(bestAskQty * bestAsk),
      rmn_qty: '0',
    });
    const asked = { ...me.account, AFHR_FLPR_YN: 'N', OFL_YN: '', INQR_DVSN: '01', UNPR_DVSN: '01' };
    const more = {
      FUND_STTL_ICLD_YN: 'N',
      FNCG_AMT_AUTO_RDPT_YN: 'N',
      PRCS_DVSN: '00',
      CTX_AREA_FK100: '',
      CTX_AREA_NK100: '',
    };
    const balance = await me.get('/uapi/domestic-stock/v1/trading/inquire-balance', 'TTTC8434R', { ...asked, ...more });
    expect(balance.json.output1).toMatchObject([
      { pdno: '005930', hldg_qty: String(bestAskQty), pchs_avg_pric: `${bestAsk}.0000` },
    ]);
  });

  it('refuses with the code and the words of each reason', async () => {
    const cases: readonly [string, Record<string, string>, string, string][] = [
      ['TTTC0012U', { ORD_UNPR: '70050' }, 'APBK0506', '호가단위'],
      ['TTTC0012U', { ORD_UNPR: '91400' }, 'APBK0507', '상/하한가'],
      ['TTTC0012U', { ORD_QTY: '2000', ORD_UNPR: '70000' }, 'APBK0919', '예수금'],
      ['TTTC0011U', { PDNO: '000660', ORD_UNPR: '205000' }, 'APBK1234', '보유수량'],
      ['TTTC0012U', { ORD_QTY: '0', ORD_UNPR: '70000' }, 'APBK0503', '수량'],
      ['TTTC0012U', { PDNO: '999999', ORD_UNPR: '70000' }, 'APBK0656', '종목'],
      ['TTTC0012U', { ORD_DVSN: '99', ORD_UNPR: '70000' }, 'APBK0511', '주문구분'],
      ['TTTC0012U', { ORD_DVSN: '06' }, 'APBK0515', '시간'],
      ['TTTC0012U', { ORD_DVSN: '01', EXCG_ID_DVSN_CD: 'NXT' }, 'APBK0512', '거래소'],
    ];
    for (const [tr, fields, code, word] of cases) {
      const said = await me.order(tr, fields);
      expect([said.status, said.json.rt_cd, said.json.msg_cd], JSON.stringify(fields)).toEqual([200, '1', code]);
      expect(said.json.msg1).toContain(word);
    }
    const unknown = await me.change('TTTC0013U', { ORGN_ODNO: '0000009999', RVSE_CNCL_DVSN_CD: '02' });
    expect(unknown.json.msg_cd).toBe('APBK0344');
    expect(short()).toEqual([]);
  });

  it('gives pages whose contexts lead to the end, and no order twice though new ones come', async () => {
    for (let i = 0; i < 105; i += 1) await place({ ORD_UNPR: '60000' });
    const first = await daily();
    expect(first.headers['tr_cont']).toBe('F');
    expect(first.json.output1).toHaveLength(100);
    expect(first.json.ctx_area_nk100).toHaveLength(100);
    await place({ ORD_UNPR: '60100' });
    const context = { CTX_AREA_FK100: first.json.ctx_area_fk100, CTX_AREA_NK100: first.json.ctx_area_nk100 };
    const second = await daily(context, { tr_cont: 'N' });
    expect(second.headers['tr_cont']).toBe('E');
    expect(second.json.ctx_area_nk100.trim()).toBe('');
    const numbers = [...first.json.output1, ...second.json.output1].map((row) => row['odno']);
    expect(new Set(numbers).size).toBe(numbers.length);
    const open = await me.get(OPEN, 'TTTC0084R', {
      ...me.account,
      INQR_DVSN_1: '0',
      INQR_DVSN_2: '0',
      CTX_AREA_FK100: '',
      CTX_AREA_NK100: '',
    });
    expect([open.headers['tr_cont'], open.json.output.length]).toEqual(['F', 50]);
  });

  it('can refuse after it gave a number', async () => {
    at.emulator.faults.server({ kind: 'refuseLate', count: 1 });
    const no = await place({ ORD_UNPR: '70000' });
    expect(short().map((each) => [each[0], each[5]])).toEqual([
      [no, '0'],
      [no, '1'],
    ]);
    expect((await daily({ ODNO: no })).json.output1).toMatchObject([{ odno: no, rjct_qty: '1', rmn_qty: '0' }]);
  });
});
