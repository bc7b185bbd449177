/** Days of the offline KIS: the next one opens by itself, and what was traded before is still told. */
import { expect, it } from 'vitest';
import { openEmulator, PlainClient } from '#test/support/emulator.ts';
import { run } from '#test/support/cli-run.ts';

it('goes on to the next trading day by itself, with books, balance and charts of the day before', async () => {
  const { emulator, time } = await openEmulator('real', { still: false, settings: { callsPerSecond: 1_000 } });
  try {
    const me = await new PlainClient(emulator).login();
    const waits = (await me.order('TTTC0012U', { ORD_UNPR: '60000' })).json.output.ODNO;
    const bought = (await me.order('TTTC0012U', { ORD_DVSN: '01', ORD_QTY: '4' })).json.output.ODNO;
    await emulator.simulator.jump('dayEnd');
    const close = emulator.simulator.issue('KRX:005930')?.close;
    const today = () => emulator.simulator.session();
    // What is kept of the day goes to the disk in real time.
    const isNext = (): boolean => today().sessionDate === '2026-11-25' && today().running;
    for (let turns = 0; turns < 1_000 && !isNext(); turns += 1) {
      await time.advance(500);
      await new Promise((resume) => setTimeout(resume, 5));
    }
    expect(today()).toMatchObject({ sessionDate: '2026-11-25', running: true });
    // The token lives by the server's clock, and a night has passed.
    expect(emulator.now()).toBeGreaterThanOrEqual(Date.parse('2026-11-25T08:30:00+09:00'));
    const asked = {
      INQR_STRT_DT: '20261124',
      INQR_END_DT: '20261124',
      SLL_BUY_DVSN_CD: '00',
      INQR_DVSN: '00',
      PDNO: '',
    };
    const rest = {
      CCLD_DVSN: '00',
      ORD_GNO_BRNO: '',
      ODNO: '',
      INQR_DVSN_3: '00',
      INQR_DVSN_1: '',
      CTX_AREA_FK100: '',
      CTX_AREA_NK100: '',
    };
    const path = '/uapi/domestic-stock/v1/trading/inquire-daily-ccld';
    const daily = await me.get(path, 'TTTC0081R', { ...me.account, ...asked, ...rest });
    const byNo = new Map(daily.json.output1.map((row) => [row['odno'], row]));
    expect(byNo.get(waits)).toMatchObject({ rmn_qty: '0', cncl_yn: 'Y' });
    expect(byNo.get(bought)).toMatchObject({ tot_ccld_qty: '4' });
    const of = { AFHR_FLPR_YN: 'N', OFL_YN: '', INQR_DVSN: '02', UNPR_DVSN: '01', FUND_STTL_ICLD_YN: 'N' };
    const more = { FNCG_AMT_AUTO_RDPT_YN: 'N', PRCS_DVSN: '00', CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
    const balance = await me.get('/uapi/domestic-stock/v1/trading/inquire-balance', 'TTTC8434R', {
      ...me.account,
      ...of,
      ...more,
    });
    expect(balance.json.output1).toMatchObject([{ bfdy_buy_qty: '4', thdt_buyqty: '0', hldg_qty: '4' }]);
    const chart = {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: '005930',
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '1',
    };
    const prices = await me.get('/uapi/domestic-stock/v1/quotations/inquire-daily-price', 'FHKST01010400', chart);
    const rows = prices.json.output as unknown as readonly Readonly<Record<string, string>>[];
    expect(rows.find((row) => row['stck_bsop_date'] === '20261124')).toMatchObject({ stck_clpr: String(close) });
    expect(rows).toHaveLength(30);
  } finally {
    await emulator.close();
  }
});

it('starts at a time of the day, and before the open on the next day', async () => {
  for (const [startAt, date, phase] of [
    ['09:20', '2026-11-24', 'continuous'],
    ['08:40', '2026-11-25', 'openAuction'],
  ] as const) {
    const { emulator } = await openEmulator('paper', { startAt });
    expect(emulator.simulator.session()).toMatchObject({ sessionDate: date, phase });
    await emulator.close();
  }
});

it('refuses a command line that makes no sense before anything is opened', async () => {
  for (const line of ['--env live', '--port 70000', '--at 25:00', '--speed 0', '--market jp']) {
    expect((await run(['emulator', ...line.split(' ')])).code, line).toBe(2);
  }
});
