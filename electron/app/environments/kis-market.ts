/** The market as a connection to KIS shows it: the socket, the feed, and the hub on it. */
import {
  bondPart,
  createBondPoll,
  createChannelPoll,
  createKisFeed,
  createDerivativePoll,
  createForeignPoll,
  createFuturePoll,
  derivativePart,
  DerivativePower,
  heardBy,
  foreignPart,
  futurePart,
  joinFeeds,
  type DerivativePartParts,
  type KisRest,
} from '#core/broker/kis/index.ts';
import { createKisRealtime, type ChannelPoll, type KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { Contracts, findBond, findForeign, MarketHub, type Feed } from '#core/market/index.ts';
import type { ForeignInstrument, FutureAbroadInstrument, Instrument, InstrumentId } from '#shared/domain/index.ts';
import type { House } from '../house.ts';
import type { KisLineParts } from '../kis/lines.ts';
import { kisHealth } from '../kis/health.ts';
import type { Closer, KisLine } from './composed.ts';
import { tradesDerivatives } from './kis-broker.ts';

const UNENCRYPTED_KO =
  '증권사의 실시간 서버는 암호화하지 않은 연결(ws://)만 제공합니다. 같은 네트워크에서 시세와 체결통보를 볼 수 있어, 체결은 암호화된 조회로 다시 확인합니다.';
const MEMORY_KO = '키가 메모리에만 있습니다. Maru를 끄면 지워져 다시 넣어야 합니다.';
const EMULATOR_KO = '오프라인 KIS에 연결되어 있습니다. 실제 돈과 실제 주문이 아닙니다.';

/** What the user must know of a connection while it is in force. */
export function lineNotices(house: House, { endpoint, connection }: KisLineParts): readonly string[] {
  const official = endpoint.kind === 'official';
  return [
    ...(official ? [] : [EMULATOR_KO]),
    ...(official && endpoint.wsUrl.startsWith('ws:') ? [UNENCRYPTED_KO] : []),
    ...(house.connections.keptIn(connection) === 'memory' ? [MEMORY_KO] : []),
  ];
}

export interface KisMarket {
  readonly realtime: KisRealtimeClient;
  readonly feed: Feed;
  readonly hub: MarketHub;
  /** What may be opened of futures and options; null: the account of the connection does not trade them. */
  readonly power: DerivativePower | null;
}

/** REST in place of the channels that have no registration, of every product. */
function pollOf(rest: KisRest): ChannelPoll {
  const polls: readonly ChannelPoll[] = [
    createChannelPoll(rest),
    createForeignPoll(rest),
    createBondPoll(rest),
    createDerivativePoll(rest),
    createFuturePoll(rest),
  ];
  const of = (api: string): ChannelPoll | undefined => polls.find((poll) => poll.offers(api));
  return {
    offers: (api) => of(api) !== undefined,
    fetch: async (wish, signal) => (await of(wish.api)?.fetch(wish, signal)) ?? [],
  };
}

/** Opens the socket's client, the feed and the hub of a line; nothing is asked for before somebody looks. */
export function openKisMarket(from: {
  readonly house: House;
  readonly line: KisLineParts;
  /** Calls of this environment only: given up when it goes. */
  readonly rest: KisRest;
  /** A bond came into the ticket. */
  readonly bondWanted?: (id: InstrumentId) => void;
  readonly closers: Closer[];
}): KisMarket {
  const { house, line, rest, closers, bondWanted = () => undefined } = from;
  const { clock, timers, logger, knownIssues: issues, history } = house;
  const { endpoint, serverClock } = line;
  const realtime = createKisRealtime({
    ...line,
    approvalKey: async (renew) => {
      if (renew === true) line.rest.dropApprovalKey();
      return line.rest.approvalKey();
    },
    catalogue: kisCatalogue(),
    clock,
    timers,
    logger: logger.child('realtime'),
    serverClock: heardBy(serverClock, clock),
    poll: pollOf(rest),
  });
  closers.push(() => realtime.close());
  const shared = { rest, realtime, serverClock, clock, timers, logger: logger.child('feed') };
  const { environment } = endpoint;
  const contracts = new Contracts((id) => issues.find(id));
  const find = (id: InstrumentId): Instrument | undefined =>
    contracts.find(id) ?? issues.find(id) ?? findForeign(id) ?? findBond(id);
  const known = { instruments: () => issues.domestic, find };
  const abroad = {
    issues: () => issues.abroad,
    find: (id: InstrumentId): ForeignInstrument | undefined => {
      const found = find(id);
      return found?.priceScale === 4 ? found : undefined;
    },
  };
  const futuresAbroad = {
    find: (id: InstrumentId): FutureAbroadInstrument | undefined => {
      const found = issues.find(id);
      return found?.priceScale === 8 ? found : undefined;
    },
  };
  const fields = { CANO: line.keys.accountNo, ACNT_PRDT_CD: line.keys.productCode };
  const power = tradesDerivatives(line.keys) ? new DerivativePower({ ...shared, environment, fields }) : null;
  const futures: Pick<DerivativePartParts, 'issues' | 'find' | 'learnt'> = {
    issues: () => [],
    find: (id) => contracts.find(id),
    learnt: (id, facts) => contracts.learn(id, facts),
  };
  const feed = joinFeeds(createKisFeed({ ...shared, environment, ...known }), [
    (told) => foreignPart({ ...shared, ...abroad }, told),
    // No master lists the tens of thousands of bonds beforehand: each is known once it is asked for.
    (told) => bondPart({ ...shared, issues: () => [], find, wanted: bondWanted }, told),
    (told) => futurePart({ ...shared, ...futuresAbroad }, told),
    (told) => derivativePart({ ...shared, environment, ...futures, ...(power ? { power } : {}) }, told),
  ]);
  closers.push(() => feed.close());
  const hub = new MarketHub({
    feed,
    clock,
    timers,
    logger: logger.child('market'),
    instruments: () => issues.all,
    find,
    dailyCandles: (id, limit) => history.dailyCandles(id, limit),
  });
  closers.push(() => hub.close());
  return { realtime, feed, hub, power };
}

/** What the line of a connection is for the lock and the health panel. */
export function lineOf(
  wish: { readonly connectionId: string },
  { line, realtime }: { readonly line: KisLineParts; readonly realtime: KisRealtimeClient },
): KisLine {
  const { rest, serverClock } = line;
  return {
    health: () => kisHealth({ connectionId: wish.connectionId, rest, realtime, serverClock }),
    realtime,
    serverNow: () => serverClock.now(),
    skewMs: () => serverClock.skewMs(),
    reviewOrders: () => rest.reviewOrders(),
  };
}
