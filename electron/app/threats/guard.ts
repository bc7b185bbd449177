/** The guard of an environment put together: what it looks at, what it may do by itself, where its history lies. */
import type { KisRestClient } from '#core/broker/kis/index.ts';
import type { KisRealtimeClient } from '#core/broker/kis/realtime/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import { IntegrityLook, ThreatHistory, ThreatRoom, type UsualDays } from '#core/threats/index.ts';
import type { Desk } from '#core/trading/index.ts';
import { Watchlist, type InstrumentId, type PlayRecord } from '#shared/domain/index.ts';
import type { ThreatEvent, ThreatEventKind } from '#shared/threats/index.ts';
import type { Closer } from '../environments/composed.ts';
import type { EnvironmentName } from '../system-record.ts';
import type { House } from '../house.ts';
import { guardedFiles } from './guarded-files.ts';
import { incidentFiles } from './incident-file.ts';
import { LINE_KINDS, lineWatch } from './line-watch.ts';
import { usualFromHistory, usualOfPractice } from './usual-days.ts';

/** Held and watched issues that are looked at, at most. @source the catalogue's goal is counted over up to 20 */
export const FOLLOWED_LIMIT = 20;
/** Open orders of one account that name an issue. */
const OPEN_LIMIT = 200;

export interface GuardLine {
  readonly rest: Pick<KisRestClient, 'health' | 'revokeToken'>;
  readonly realtime: Pick<KisRealtimeClient, 'health'>;
  /** null: the offline KIS keeps a time of its own, which is no fault of either clock. */
  readonly skewMs: (() => number | null) | null;
  /** Locks the real environment; null: it is not real. */
  readonly lock: (() => void) | null;
}

/** Makes and starts it on a desk that has been started; stops with the environment, before its desk. */
export function openGuard(
  house: House,
  parts: {
    readonly name: EnvironmentName;
    readonly desk: Desk;
    readonly hub: MarketHub;
    /** null: there is no line to a broker. */
    readonly line: GuardLine | null;
    readonly closers: Closer[];
  },
): ThreatRoom {
  const { name, desk, hub, line, closers } = parts;
  const { clock, timers, ids, playbook, history, simulator, record, texts } = house;
  const logger = house.logger.child('threats');
  const { environment, connectionId } = name;
  const practice = environment === 'simulation';
  const followed = followedBy(house, desk, hub);
  const kinds: ThreatEventKind[] = [
    'reconcile',
    'text',
    'integrity',
    ...(practice ? (['futures'] as const) : []),
    ...(line ? LINE_KINDS : []),
  ];
  const usual = practice
    ? usualOfPractice({ simulator, history, followed })
    : (id: InstrumentId): UsualDays => usualFromHistory(history, id, hub.feed.session().sessionDate);
  const written = (play: PlayRecord, what: 'started' | 'ended'): void => {
    const { playId, play: id, detector, subject, severity, state, by, mandateId, endedBy, didKo, evidence } = play;
    const facts = { playId, play: id, detector, subject, severity, state, by, mandateId, endedBy, didKo };
    record.add({
      kind: what === 'started' ? 'playStarted' : 'playEnded',
      environment,
      connectionId,
      ...facts,
      sawKo: evidence.sentenceKo,
    });
  };
  const onLine = line && lineWatch({ ...line, connectionId: connectionId ?? '', now: () => clock.now() });
  const files = new IntegrityLook(() => guardedFiles(house));
  const look = (tell: (event: ThreatEvent) => void, ts: number): void => {
    onLine?.(tell, ts);
    files.look(tell, ts);
  };
  const room = new ThreatRoom({
    hub,
    desk,
    clock,
    timers,
    ids,
    logger,
    followed,
    usual,
    futures: practice ? (market) => simulator.futures(market) : null,
    brokerQty: null,
    skewMs: line?.skewMs ?? null,
    // On a line to a broker books cost a registration each: those that somebody looks at are heard, none is asked for.
    ...(line && { bookRank: () => null }),
    kinds,
    settings: () => playbook.settings(),
    watchSettings: (changed) => playbook.watchSettings(changed),
    mandates: () => playbook.mandates(environment),
    history: new ThreatHistory(
      house.threatStore,
      connectionId === null ? environment : `${environment} ${connectionId}`,
      logger,
    ),
    security: {
      revokeToken: line ? () => line.rest.revokeToken() : null,
      lockReal: line?.lock ?? null,
      exportIncident: incidentFiles(house.dataDir, clock),
    },
    record: written,
    look,
  });
  room.start();
  closers.push(() => room.stop());
  closers.push(texts.watch((where, text) => room.tell({ kind: 'text', ts: hub.exchangeNow(), where, text })));
  return room;
}

/** Held first, then with open orders, then watched; Korean issues that the market knows. */
function followedBy({ documents, preferences }: House, desk: Desk, hub: MarketHub): () => readonly InstrumentId[] {
  return () => {
    const wanted = new Set<InstrumentId>();
    const accounts = desk.accounts();
    for (const { accountId } of accounts)
      for (const { instrumentId, quantity } of desk.positions(accountId)) if (quantity !== 0) wanted.add(instrumentId);
    for (const { accountId } of accounts)
      for (const { instrumentId } of desk.orders({ accountId, open: true, limit: OPEN_LIMIT }))
        wanted.add(instrumentId);
    const lists = documents.list('watchlist', null).flatMap(({ body }) => Watchlist.safeParse(body).data ?? []);
    for (const { folders } of lists.toSorted((a, b) => a.place - b.place))
      for (const { instrumentIds } of folders) for (const id of instrumentIds) wanted.add(id);
    if (lists.length === 0) for (const id of preferences.get().watchlist) wanted.add(id);
    const found: InstrumentId[] = [];
    for (const id of wanted) {
      if (found.length >= FOLLOWED_LIMIT) break;
      if (id.startsWith('KRX:') && hub.facts(id)) found.push(id);
    }
    return found;
  };
}
