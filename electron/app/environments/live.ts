/** Real prices, invented fills: the market of a KIS connection, and a firm of our own whose orders never leave this program. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LIVE_TYPES, LiveFirm } from '#core/broker/live/index.ts';
import { SimulatedBroker } from '#core/broker/index.ts';
import { LOG_UPCASTERS, RunLog } from '#core/simulator/index.ts';
import { Journal } from '#core/storage/index.ts';
import { ownStatements, TradingGate } from '#core/trading/index.ts';
import type { Lack } from '#shared/domain/index.ts';
import { krxCalendar, ORDER_CODES } from '#shared/market/index.ts';
import type { House } from '../house.ts';
import type { KisLines } from '../kis/lines.ts';
import { scopedRest } from '../kis/scoped-rest.ts';
import { openGuard } from '../threats/guard.ts';
import { building, type ComposedEnvironment } from './composed.ts';
import { followHoldings } from './follow-holdings.ts';
import { lineNotices, lineOf, openKisMarket } from './kis-market.ts';
import { begun, whyNot } from './kis.ts';
import { openDesk } from './open-desk.ts';
import { productLacks } from './product-lacks.ts';

/** What a new user practises with. */
const FIRST_ACCOUNT = { name: '실시세 연습 1호', startingCashKrw: 100_000_000 } as const;
const NOTICE_KO =
  '시세는 증권사의 것이고 체결은 Maru가 호가와 체결을 보고 만든 것입니다. 주문은 증권사로 나가지 않습니다.';
const LACK_KO = '바깥에서는 체결을 판단할 수 없는 주문 유형입니다.';

const LACKS: readonly Lack[] = [
  ...ORDER_CODES.filter(({ type }) => !LIVE_TYPES.includes(type)).map(({ type, timeInForce, session, nameKo }) => ({
    what: ['order', type, timeInForce, ...(session === 'after' ? ['after'] : [])].join('.'),
    nameKo,
    reasonKo: LACK_KO,
  })),
  ...productLacks('live', null),
];

export interface ComposeLiveParts {
  readonly house: House;
  readonly lines: KisLines;
  readonly connectionId: string;
}

/** Builds it on a connection: two connections are two markets, so each has a record of its own. Throws KIS_NO_KEYS, KEYCHAIN_FAILED, and as its records refuse. */
export async function composeLive({ house, lines, connectionId }: ComposeLiveParts): Promise<ComposedEnvironment> {
  const line = await lines.of(connectionId);
  const { dataDir, clock, timers, ids, logger, knownIssues: issues } = house;
  const { result, close } = await building(async (closers) => {
    const gate = new TradingGate();
    const name = `live-${connectionId}`;
    const { journal, close: closeJournal } = house.journals.openConnection(name);
    closers.push(closeJournal);
    const life = new AbortController();
    const { realtime, feed, hub } = openKisMarket({ house, line, rest: scopedRest(line.rest, life.signal), closers });
    const folder = join(dataDir, 'live');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const firm = new LiveFirm({
      feed,
      log: new RunLog(
        Journal.open({ path: join(folder, `${connectionId}.db`), role: 'simulator', upcasters: LOG_UPCASTERS }),
        clock,
      ),
      calendar: krxCalendar,
      ready: () => line.serverClock.skewMs() !== null,
      firstAccount: FIRST_ACCOUNT,
      facts: (id) => (issues.find(id) ? hub.facts(id) : undefined),
      ids,
      logger: logger.child('live'),
    });
    closers.push(() => firm.close());
    const broker = new SimulatedBroker({
      exchange: firm,
      timers,
      logger: logger.child('broker'),
      currentEpoch: () => gate.epoch,
      capabilities: { environment: 'live', orderTypes: LIVE_TYPES },
    });
    closers.push(() => broker.close());
    const desk = openDesk(house, { journal, broker, market: hub, gate, closers });
    await begun(desk, timers);
    closers.push(followHoldings(desk, hub));
    const guard = openGuard(house, {
      name: { environment: 'live', connectionId },
      desk,
      hub,
      line: {
        rest: line.rest,
        realtime,
        skewMs: line.endpoint.kind === 'emulator' ? null : () => line.serverClock.skewMs(),
        lock: null,
      },
      closers,
    });
    closers.push(() => life.abort());
    return { gate, journal, realtime, firm, hub, desk, guard };
  });
  const { gate, journal, realtime, firm, hub, desk, guard } = result;
  const startTs = clock.now();
  return {
    environment: 'live',
    connectionId,
    endpoint: line.endpoint.kind,
    hub,
    desk,
    guard,
    gate,
    journal,
    credit: null,
    statements: ownStatements(desk, ({ instrumentId: id }) => issues.find(id)?.nameKo ?? ''),
    reservations: null,
    lacks: LACKS,
    noticesKo: () => [NOTICE_KO, ...lineNotices(house, line)],
    reason: () => whyNot({ desk, realtime }, line, startTs),
    line: lineOf({ connectionId }, { line, realtime }),
    createAccount: (wish) => firm.createAccount(wish),
    dispose: () => close(),
  };
}
