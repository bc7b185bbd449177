/** What ten thousand price alerts cost a batch of a thousand trades, beside a walk over all of them. */
import { AlertIndex } from '#core/alerts/index.ts';
import type { PriceAlert } from '#shared/domain/index.ts';

const RULES = 10_000;
const ISSUES = 200;
const TRADES = 1_000;
const TURNS = 200;

const idOf = (n: number): string => `KRX:${String(100_000 + (n % ISSUES))}`;

export const bench = {
  name: 'alerts',
  run() {
    const index = new AlertIndex();
    const all: PriceAlert[] = [];
    for (let n = 0; n < RULES; n += 1) {
      const above = n % 2 === 0;
      const rule: PriceAlert = {
        instrumentId: idOf(n),
        market: 'simulated',
        when: above ? 'atOrAbove' : 'atOrBelow',
        price: above ? 60_000 + n : 40_000 - n,
        note: '',
        repeats: true,
        state: 'armed',
        firedTs: null,
      };
      all.push(rule);
      index.put(String(n), rule);
    }
    const batch = (judge: (id: string, price: number) => void): number => {
      const startedMs = performance.now();
      for (let n = 0; n < TRADES; n += 1) judge(idOf(n), 50_000 + (n % 7) * 100);
      return performance.now() - startedMs;
    };
    const ours = Array.from({ length: TURNS }, () => batch((id, price) => void index.judge(id, price))).sort(
      (a, b) => a - b,
    );
    const plain = Array.from({ length: 3 }, () =>
      batch((id, price) => {
        for (const rule of all)
          if (rule.instrumentId === id && (rule.when === 'atOrAbove' ? price >= rule.price : price <= rule.price))
            return;
      }),
    ).sort((a, b) => a - b);
    const p99 = ours[Math.floor(TURNS * 0.99)] ?? Number.NaN;
    return Promise.resolve({
      measured: `${RULES} alerts on ${ISSUES} issues, ${TRADES} trades a batch`,
      rows: [
        { metric: 'a batch, p99', value: p99, unit: 'ms', target: '≤ 5', pass: p99 <= 5 },
        { metric: 'peer: a walk over all of them, median', value: plain[1] ?? 0, unit: 'ms', target: '—', pass: true },
      ],
    });
  },
};
