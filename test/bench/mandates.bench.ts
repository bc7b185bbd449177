/** What ten thousand mandates cost a trade that sets none of them off, beside a plain walk over all of them. */
import { judgeTrade, type Mandate } from '#shared/domain/index.ts';
import { DeskStand, issueFacts, SAMSUNG } from '../support/desk-stand.ts';

const MANDATES = 10_000;
const ISSUES = 100;
const TRADES = 20_000;

const idOf = (n: number): string => (n === 0 ? SAMSUNG : `KRX:${String(100_000 + n)}`);

function share(values: Float64Array, part: number): number {
  return values.toSorted()[Math.floor(values.length * part)] ?? Number.NaN;
}

export const bench = {
  name: 'mandates',
  async run() {
    const stand = await DeskStand.open({ settings: {} });
    for (let n = 1; n < ISSUES; n += 1) {
      const facts = issueFacts();
      stand.market.set(idOf(n), { ...facts, instrument: { ...facts.instrument, id: idOf(n), code: idOf(n).slice(4) } });
    }
    for (let n = 0; n < MANDATES; n += 1) {
      await stand.desk.mandates.place({
        requestId: `bench-${String(n).padStart(6, '0')}`,
        entry: null,
        legs: [
          {
            accountId: 'A1',
            instrumentId: idOf(n % ISSUES),
            side: 'buy',
            trigger: { kind: 'price', when: 'atOrAbove', price: 10_010 + (n % 200) * 10 },
            type: 'market',
            price: null,
            quantity: 1,
            route: 'KRX',
            expires: '2025-02-11',
          },
        ],
      });
    }
    const took = new Float64Array(TRADES);
    for (let n = 0; n < TRADES; n += 1) {
      const startedMs = performance.now();
      stand.trade({ instrumentId: idOf(n % ISSUES), venue: 'KRX', price: 9_990 });
      took[n] = (performance.now() - startedMs) * 1_000;
    }
    const all: readonly Mandate[] = stand.desk.standingMandates();
    const plain = new Float64Array(500);
    let fired = 0;
    for (let n = 0; n < plain.length; n += 1) {
      const startedMs = performance.now();
      for (const mandate of all)
        if (mandate.instrumentId === idOf(n % ISSUES) && judgeTrade(mandate, 9_990).fires) fired += 1;
      plain[n] = (performance.now() - startedMs) * 1_000;
    }
    const p99 = share(took, 0.99);
    return {
      measured: `${all.length} mandates on ${ISSUES} issues, ${fired} set off`,
      rows: [
        { metric: 'a trade, p99', value: p99, unit: 'µs', target: '≤ 50', pass: p99 <= 50 },
        { metric: 'a trade, median', value: share(took, 0.5), unit: 'µs', target: '—', pass: true },
        {
          metric: 'peer: a walk over all of them, median',
          value: share(plain, 0.5),
          unit: 'µs',
          target: '—',
          pass: true,
        },
      ],
    };
  },
};
