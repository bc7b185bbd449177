/** Ten thousand random orders through the guard: none passes that a rule forbids, by rules written down here once more and not the guard's own. */
import { describe, expect, it } from 'vitest';
import { Rng } from '#shared/rng/index.ts';
import { forbidden } from '#test/support/guard-oracle.ts';
import { drawOrder, drawWorld, GuardWorld } from '#test/support/guard-world.ts';

const ORDERS = 10_000;
const SEED = 20_261_127;

describe('the guard', () => {
  it(`lets none of ${ORDERS} random orders pass that a rule forbids, and a good part of what none does`, () => {
    const rng = Rng.from(SEED, 'guard');
    const guard = new GuardWorld(drawWorld(rng));
    const wrong: string[] = [];
    const denied = new Map<string, number>();
    let [passed, allowed] = [0, 0];
    for (let place = 0; place < ORDERS; place += 1) {
      const world = drawWorld(rng);
      guard.put(world);
      const order = drawOrder(rng, world);
      const denial = guard.judge(order);
      const rules = forbidden(order, world);
      if (rules.length === 0) allowed += 1;
      if (denial !== null) {
        denied.set(denial, (denied.get(denial) ?? 0) + 1);
        continue;
      }
      passed += 1;
      if (rules.length > 0) wrong.push(`${place}: ${rules.join(', ')} — ${JSON.stringify(order)}`);
    }
    expect(wrong).toEqual([]);
    // It must not be that nothing passes, nor that a single rule says no to everything.
    expect(passed).toBeGreaterThan(ORDERS / 100);
    expect(passed).toBeGreaterThan(allowed / 3);
    expect(denied.size).toBeGreaterThan(20);
  }, 60_000);
});
