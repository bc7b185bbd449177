/** KIS paper and KIS real as environments: feed, broker and desk on one connection. */
import type { AccountReservations, AccountStatements } from '#core/broker/index.ts';
import {
  createKisReservations,
  createKisStatements,
  KisCredit,
  lacksOf,
  type KisBroker,
  type KisCreditParts,
} from '#core/broker/kis/index.ts';
import type { KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import type { Journal } from '#core/storage/index.ts';
import { DEFAULT_TRADING_SETTINGS, TradingGate, type Desk, type TradingSettings } from '#core/trading/index.ts';
import type { Reason } from '#shared/domain/index.ts';
import type { Timers } from '#shared/ports.ts';
import { kstDate, sessionDate, type EpochMs } from '#shared/time/index.ts';
import type { House } from '../house.ts';
import type { KisLineParts, KisLines } from '../kis/lines.ts';
import { scopedRest } from '../kis/scoped-rest.ts';
import type { ThreatRoom } from '#core/threats/index.ts';
import { openGuard } from '../threats/guard.ts';
import { building, type Closer, type ComposedEnvironment } from './composed.ts';
import { followHoldings } from './follow-holdings.ts';
import { openKisBroker, type BondWishes } from './kis-broker.ts';
import { openDesk } from './open-desk.ts';
import { productLacks } from './product-lacks.ts';
import { lineNotices, lineOf, openKisMarket } from './kis-market.ts';
import { WonRates } from './won-rates.ts';

export interface ComposeKisParts {
  readonly house: House;
  readonly lines: KisLines;
  readonly wish: { readonly environment: 'paper' | 'real'; readonly connectionId: string };
  /** The status of the environment may have changed. */
  readonly changed: () => void;
  /** Trading was halted, by whom ever. */
  readonly halted: () => void;
}

const NO_NOTICE_KO = 'HTS ID가 없어 체결통보를 받지 않습니다. 체결은 조회로 확인하므로 조금 늦게 보입니다.';
/** By product code: what an account does not tell. @source docs/adr/0013-products-with-accounts-of-their-own.md */
const UNTOLD_KO: Readonly<Record<string, string>> = {
  '08': '해외선물 계좌는 달러와 홍콩 달러의 잔고와 예수금만 보여 줍니다. 주문과 옵션은 없고, 증권사 프로그램에서 한 거래는 잔고로만 보입니다.',
  '29': '퇴직연금 계좌는 오늘 주문만 조회할 수 있고, 펀드와 예금은 보여 주지 않습니다. 살 수 없는 상품은 증권사가 거부합니다.',
};
const RETRYING_KO = '저절로 다시 시도합니다. 계속되면 연결 설정에서 연결을 시험해 보세요.';

/** How long an inquiry about all accounts may take, milliseconds: pages of 15 rows at two calls a second on paper. */
const INQUIRY_TIMEOUT_MS = { real: 30_000, paper: 120_000 } as const;

interface Parts {
  readonly gate: TradingGate;
  readonly journal: Journal;
  readonly realtime: KisRealtimeClient;
  readonly broker: KisBroker;
  readonly hub: MarketHub;
  readonly desk: Desk;
  readonly guard: ThreatRoom;
  readonly rates: WonRates;
  readonly statements: AccountStatements;
  readonly reservations: AccountReservations;
  readonly credit: KisCredit | null;
}

/** Opens journal, socket, feed, broker and desk in this order. The network is not waited for: what is known is readable at once. */
async function open(options: ComposeKisParts, line: KisLineParts, closers: Closer[]): Promise<Parts> {
  const { house, wish, halted } = options;
  const { clock, timers, logger, knownIssues: issues, connections } = house;
  const { rest, endpoint, keys, serverClock, connection } = line;
  const { connectionId } = connection;
  const gate = new TradingGate();
  if (wish.environment === 'real') gate.setLocked(true);
  line.useEpoch(() => gate.epoch);
  const { journal, close } = house.journals.openConnection(connectionId);
  closers.push(close);
  const life = new AbortController();
  const rates = new WonRates(clock);
  const scoped = rates.heard(scopedRest(rest, life.signal));
  const bondWishes: BondWishes = { tell: () => undefined };
  const bondWanted: BondWishes['tell'] = (id) => bondWishes.tell(id);
  const { realtime, hub, power } = openKisMarket({ house, line, rest: scoped, bondWanted, closers });
  const name = connection.label === '' ? connection.accountMasked : connection.label;
  const { environment } = endpoint;
  const account = {
    rest: scoped,
    realtime,
    serverClock,
    clock,
    timers,
    environment,
    keys,
    logger: logger.child('broker'),
    currentEpoch: () => gate.epoch,
  };
  const broker = openKisBroker(account, { connectionId, name, find: (id) => issues.find(id), power, bondWishes });
  closers.push(() => broker.close());
  // The accounts are asked one call after another, within two calls a second on paper.
  const settings = (): TradingSettings => ({
    ...DEFAULT_TRADING_SETTINGS,
    inquiryTimeoutMs: INQUIRY_TIMEOUT_MS[environment],
  });
  const credit = openCredit(
    { environment, keys, rest: scoped, clock, logger, accountId: connectionId },
    broker,
    closers,
  );
  const desk = openDesk(house, {
    journal,
    broker,
    market: hub,
    gate,
    settings,
    ...(credit ? { credit } : {}),
    closers,
  });
  await begun(desk, timers);
  const unwatch = desk.watch((deltas) => {
    for (const delta of deltas) {
      if (delta.kind === 'fill') connections.traded(connectionId, sessionDate(delta.fill.sessionDate));
      if (delta.kind !== 'tradingState' || delta.tradingState.state !== 'halted') continue;
      // Orders that wait for their place within the limits were cleared before: they must not leave.
      rest.reviewOrders();
      halted();
    }
  });
  closers.push(unwatch);
  closers.push(followHoldings(desk, hub));
  const guard = openGuard(house, {
    name: wish,
    desk,
    hub,
    line: {
      rest,
      realtime,
      skewMs: endpoint.kind === 'emulator' ? null : () => serverClock.skewMs(),
      lock: wish.environment === 'real' ? halted : null,
    },
    closers,
  });
  closers.push(() => life.abort());
  const statements = createKisStatements({ environment, connectionId, keys, rest: scoped, serverClock, clock });
  const reservations = createKisReservations({ environment, connectionId, keys, rest: scoped });
  return { gate, journal, realtime, broker, hub, desk, guard, rates, statements, reservations, credit };
}

/** Credit, where the account has it: shares of a real connection with product code 01. Whatever happens to an order voids what was told. */
function openCredit(
  parts: KisCreditParts & { readonly environment: 'paper' | 'real' },
  broker: KisBroker,
  closers: Closer[],
): KisCredit | null {
  if (parts.environment !== 'real' || parts.keys.productCode !== '01') return null;
  const credit = new KisCredit(parts);
  const others: ReadonlySet<string> = new Set(['account', 'session', 'connection']);
  closers.push(
    broker.events(({ kind }) => {
      if (!others.has(kind)) credit.forget();
    }),
  );
  return credit;
}

/** The desk with its journal loaded, which takes one turn; the broker is asked, and asked again, beside it. Throws JOURNAL_BROKEN. */
export async function begun(desk: Desk, timers: Timers): Promise<void> {
  const failed = desk.start().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const loaded = new Promise<null>((done) => timers.yieldTurn(() => done(null)));
  const ended = await Promise.race([failed, loaded]);
  if (ended) throw ended.error;
}

/** Builds an environment of KIS. Throws KIS_NO_KEYS, KEYCHAIN_FAILED, and as its journal refuses. */
export async function composeKis(options: ComposeKisParts): Promise<ComposedEnvironment> {
  const { house, lines, wish } = options;
  const line = await lines.of(wish.connectionId);
  const { result: parts, close } = await building((closers) => open(options, line, closers));
  const { endpoint, keys } = line;
  const { gate, hub, desk, guard, journal, realtime } = parts;
  const startTs = house.clock.now();
  const notices = [...lineNotices(house, line), ...(keys.htsId === null ? [NO_NOTICE_KO] : [])];
  const untold = UNTOLD_KO[keys.productCode];
  if (untold !== undefined) notices.push(untold);
  const lacks = [
    ...productLacks(endpoint.environment, keys.productCode),
    ...lacksOf({ environment: endpoint.environment, date: kstDate(startTs), catalogue: kisCatalogue() }),
  ];
  return {
    environment: wish.environment,
    connectionId: wish.connectionId,
    endpoint: endpoint.kind,
    hub,
    desk,
    guard,
    gate,
    journal,
    statements: parts.statements,
    reservations: parts.reservations,
    credit: parts.credit,
    lacks,
    wonRates: () => parts.rates.list(),
    noticesKo: () => notices,
    reason: () => whyNot(parts, line, startTs),
    line: lineOf(wish, { line, realtime }),
    createAccount: null,
    dispose: async () => {
      line.useEpoch(() => -1);
      await close();
    },
  };
}

/** The latest trouble of the line, while the desk has no word of the broker; null while it has. */
export function whyNot(
  { desk, realtime }: Pick<Parts, 'desk' | 'realtime'>,
  { rest }: KisLineParts,
  startTs: EpochMs,
): Reason | null {
  if (desk.status === 'ready' || desk.status === 'halted') return null;
  const [newest] = rest.health().errors;
  if (newest && newest.lastTs >= startTs) {
    return { code: newest.code, messageKo: newest.textKo, actionKo: RETRYING_KO };
  }
  const { problem } = realtime.health();
  return problem && { code: problem.code, messageKo: problem.messageKo, actionKo: problem.actionKo };
}
