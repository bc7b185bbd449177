/** Rates of exchange out of answers that were asked for something else. */
import { describe, expect, it } from 'vitest';
import { WonRates } from '#core/app/environments/won-rates.ts';
import type { KisAnswer, KisRest } from '#core/broker/kis/index.ts';
import { wonWorth } from '#shared/domain/index.ts';
import { epochMs } from '#shared/time/index.ts';

const clock = { now: () => epochMs(1_000), monotonicMs: () => 0 };

async function told(api: string, blocks: KisAnswer['blocks']) {
  const rates = new WonRates(clock);
  const answer = { blocks, top: {}, messageCode: '', message: '', more: false };
  const rest: KisRest = {
    call: () => Promise.resolve(answer),
    pages: () => Promise.reject(new Error('not asked')),
    offers: () => true,
  };
  expect(await rates.heard(rest).call({ api, lane: 'account', params: {} })).toBe(answer);
  return rates.list();
}

describe('rates of exchange', () => {
  it('are read from a present balance, for one unit whatever the broker counts in', async () => {
    const row = (crcy_cd: string, frst_bltn_exrt: string) => ({ crcy_cd, frst_bltn_exrt });
    const rates = await told('overseas-stock.inquire-present-balance', {
      output2: [
        row('USD', '1390.50000000'),
        row('JPY', '930.25'),
        row('VND', '0.05500000'),
        row('HKD', ''),
        row('EUR', '1'),
      ],
    });
    expect(rates.map(({ currency, wonPpm, at }) => [currency, wonPpm, at])).toEqual([
      ['USD', 1_390_500_000, 1_000],
      ['JPY', 9_302_500, 1_000],
      ['VND', 55_000, 1_000],
    ]);
    expect(wonWorth(1_000_000, rates[0]!)).toBe(139_050);
  });

  it('are read from the detail of an issue, and from nothing else', async () => {
    const output = { curr: 'HKD', t_rate: '178.30', last: '8.010' };
    const [rate] = await told('overseas-stock.price-detail', { output });
    expect(rate).toMatchObject({ currency: 'HKD', wonPpm: 178_300_000, sourceKo: '현재가상세' });
    expect(await told('overseas-stock.price', { output })).toEqual([]);
  });
});
