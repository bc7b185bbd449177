/** The simulation as an environment: the practice market that the house keeps, its firm and its desk. */
import { SimulatedBroker } from '#core/broker/index.ts';
import { ownStatements, TradingGate } from '#core/trading/index.ts';
import type { House } from '../house.ts';
import { openGuard } from '../threats/guard.ts';
import { building, type ComposedEnvironment } from './composed.ts';
import { openDesk } from './open-desk.ts';
import { productLacks } from './product-lacks.ts';

/** Lets the market run again as it did when it was left, and takes orders. Throws JOURNAL_BROKEN and as the disk refuses. */
export async function composeSimulation(house: House): Promise<ComposedEnvironment> {
  const { simulator, simulationHub: hub, timers, logger, choice } = house;
  const { simulation: journal } = house.journals;
  const gate = new TradingGate();
  const { result, close } = await building(async (closers) => {
    const broker = new SimulatedBroker({
      exchange: simulator,
      timers,
      logger: logger.child('broker'),
      currentEpoch: () => gate.epoch,
    });
    closers.push(() => broker.close());
    const opened = openDesk(house, { journal, broker, market: hub, gate, closers });
    await opened.start();
    const name = { environment: 'simulation', connectionId: null } as const;
    return { desk: opened, guard: openGuard(house, { name, desk: opened, hub, line: null, closers }) };
  });
  const { desk, guard } = result;
  const { environment, simulationRan } = choice.get();
  // At a start the market knows by itself whether it was paused; after another environment only we know.
  if (environment !== 'simulation' && simulationRan && !simulator.status().running) simulator.resume();
  return {
    environment: 'simulation',
    connectionId: null,
    endpoint: null,
    hub,
    desk,
    guard,
    gate,
    journal,
    credit: null,
    statements: ownStatements(desk, ({ instrumentId: id }) => hub.instrument(id)?.nameKo ?? ''),
    reservations: null,
    lacks: productLacks('simulation', null),
    noticesKo: () => [],
    reason: () => null,
    line: null,
    createAccount: (wish) => simulator.createAccount(wish),
    dispose: () => close(),
  };
}

/** Stops the practice market's clock while another environment is in force; says whether it ran. */
export function pauseSimulation(house: House): boolean {
  const { simulator } = house;
  const { running } = simulator.status();
  if (running) simulator.pause();
  return running;
}
