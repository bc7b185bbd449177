/** A million random orders through the guard: how long a judgement takes, and that none passes that a rule forbids. */
import { Rng } from '#shared/rng/index.ts';
import { forbidden } from '#test/support/guard-oracle.ts';
import { drawOrder, drawWorld, GuardWorld } from '#test/support/guard-world.ts';

const ORDERS = 1_000_000;
/** Orders to a world: drawing one takes longer than judging. */
const A_WORLD = 20;
const WARM_UP = 20_000;
const SEED = 20_261_127;
const TARGET_US = 5;
const TURNS = 3;

export const bench = {
  name: 'guard',
  run() {
    const rng = Rng.from(SEED, 'guard-bench');
    const guard = new GuardWorld(drawWorld(rng));
    const times = new Float64Array(ORDERS);
    const least = new Float64Array(ORDERS);
    let [passed, wrong] = [0, 0];
    for (let place = -WARM_UP; place < ORDERS;) {
      const world = drawWorld(rng);
      guard.put(world);
      for (let left = A_WORLD; left > 0 && place < ORDERS; left -= 1, place += 1) {
        const { automated, ...asked } = drawOrder(rng, world);
        guard.remember(asked);
        const start = performance.now();
        const denial = guard.verdict(asked, automated);
        const us = (performance.now() - start) * 1_000;
        if (place < 0) continue;
        times[place] = us;
        // Judging changes nothing: once more, apart from what else the machine does meanwhile.
        let best = us;
        for (let turn = 1; turn < TURNS; turn += 1) {
          const again = performance.now();
          guard.verdict(asked, automated);
          best = Math.min(best, (performance.now() - again) * 1_000);
        }
        least[place] = best;
        if (denial !== null) continue;
        passed += 1;
        if (forbidden({ ...asked, automated }, world).length > 0) wrong += 1;
      }
    }
    if (wrong > 0) throw new Error(`${wrong} orders passed that a rule forbids`);
    times.sort();
    least.sort();
    const of = (all: Float64Array, part: number): number => all[Math.floor(part * (ORDERS - 1))] as number;
    const row = (metric: string, value: number, target: number | null) => ({
      metric,
      value,
      unit: 'µs',
      target: target === null ? '—' : `≤ ${target}`,
      pass: target === null || value <= target,
    });
    return Promise.resolve({
      measured: `${ORDERS} random orders in ${ORDERS / A_WORLD} worlds, ${passed} passed`,
      rows: [
        row('p50', of(times, 0.5), null),
        row('p99', of(times, 0.99), TARGET_US),
        row('p99.9', of(times, 0.999), null),
        row('most', of(times, 1), null),
        row(`p99, the least of ${TURNS} of each order`, of(least, 0.99), null),
      ],
    });
  },
};
