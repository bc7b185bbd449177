/** What is written down during a run: what happened, and how index, accounts and risk went. */
import {
  RUN_POINTS_LIMIT,
  RUN_TIMELINE_LIMIT,
  codeOf,
  type MarketState,
  type RunLine,
  type RunSeries,
} from '#shared/domain/index.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { Books } from './books.ts';
import type { World } from './world/world.ts';

interface DiaryParts {
  readonly now: () => EpochMs;
  readonly world: World;
  readonly books: Books;
}

interface Point {
  readonly ts: number;
  readonly kospi: number | null;
  readonly kosdaq: number | null;
  readonly equity: Readonly<Record<string, number>>;
  readonly score: number;
}

/** A point so often, exchange milliseconds; doubled whenever there are too many. */
const POINT_MS = 10_000;

const percentOf = (state: MarketState | undefined): number | null =>
  state?.indexChangePpm === undefined || state.indexChangePpm === null ? null : state.indexChangePpm / 10_000;

export class RunDiary {
  readonly #parts: DiaryParts;
  readonly #lines: RunLine[] = [];
  #points: Point[] = [];
  #everyMs = POINT_MS;
  #nextTs = 0;
  #breakers = '';
  /** Hash of all events of the exchange, a day each. */
  readonly hashes: string[] = [];
  /** Dates played, in order. */
  readonly days: SessionDate[] = [];
  /** Orders that left while prices were old, and that the broker took after a halt. */
  readonly counts = { whileStale: 0, afterHalt: 0, sent: 0 };
  /** When trading was halted, exchange time; null: it was not. */
  haltedTs: number | null = null;

  constructor(parts: DiaryParts) {
    this.#parts = parts;
  }

  get all(): readonly RunLine[] {
    return this.#lines;
  }

  get left(): number {
    return Math.max(0, this.#lines.length - RUN_TIMELINE_LIMIT);
  }

  lines(): RunLine[] {
    return this.#lines.slice(0, RUN_TIMELINE_LIMIT);
  }

  add(track: RunLine['track'], { ko, en }: { readonly ko: string; readonly en: string }): void {
    this.#lines.push({ ts: this.#parts.now(), track, ko, en });
  }

  /** Hears the desk. */
  follow(): void {
    this.#parts.world.desk.watch((deltas) => {
      for (const delta of deltas) this.#hear(delta);
    });
  }

  #hear(delta: DeskDelta): void {
    const { hub, gate } = this.#parts.world;
    if (delta.kind === 'fill') {
      const { instrumentId, side, quantity, price } = delta.fill;
      const code = codeOf(instrumentId);
      this.add('order', {
        ko: `${code} ${side === 'buy' ? '매수' : '매도'} ${quantity}주 체결, ${price.toLocaleString('ko-KR')}원`,
        en: `${code} ${side} ${quantity} filled at ${price.toLocaleString('en-US')}`,
      });
    }
    if (delta.kind === 'order' && delta.order.state === 'submitting' && delta.order.filledQty === 0) {
      this.counts.sent += 1;
      const state = hub.state();
      if (state === 'stale' || state === 'down') this.counts.whileStale += 1;
      if (gate.state === 'halted') this.counts.afterHalt += 1;
    }
    if (delta.kind === 'order' && delta.order.state === 'unconfirmed')
      this.add('order', { ko: '주문 하나의 결과를 알 수 없습니다.', en: 'The outcome of an order is not known.' });
    if (delta.kind === 'tradingState') {
      const { state } = delta.tradingState;
      if (state === 'halted') this.haltedTs ??= this.#parts.now();
      const ko = { active: '매매 가능', reducing: '청산만 가능', halted: '매매 중지' }[state];
      this.add('account', { ko: `매매 상태: ${ko}`, en: `Trading state: ${state}` });
    }
    if (delta.kind === 'alert') {
      const { titleKo, bodyKo, code } = delta.alert;
      this.add('account', { ko: `알림: ${titleKo}. ${bodyKo}`, en: `Notice ${code}` });
    }
  }

  /** Orders of the desk that the firm has under more than one number of their own. */
  twins(): number {
    const { desk, simulator, accountIds, firmId } = this.#parts.world;
    let twins = 0;
    for (const accountId of accountIds.values()) {
      const sent = desk.orders({ accountId, open: false, limit: 20_000 });
      const known = new Set(sent.flatMap(({ brokerOrderNos }) => brokerOrderNos));
      for (const date of this.days)
        twins += simulator
          .orders(firmId(accountId), date)
          .filter(({ originalOrderNo, brokerOrderNo }) => originalOrderNo === null && !known.has(brokerOrderNo)).length;
    }
    return twins;
  }

  /** A point of the series, where it is time for one. */
  sample(score: number): void {
    const ts = this.#parts.now();
    const states = this.#parts.world.simulator.markets();
    this.#tellBreakers(states);
    if (ts < this.#nextTs) return;
    this.#nextTs = ts + this.#everyMs;
    const state = (market: string) => states.find((each) => each.market === market);
    const [kospi, kosdaq] = [percentOf(state('KOSPI')), percentOf(state('KOSDAQ'))];
    this.#points.push({ ts, kospi, kosdaq, equity: this.#parts.books.equity(), score });
    if (this.#points.length < RUN_POINTS_LIMIT) return;
    this.#points = this.#points.filter((_, place) => place % 2 === 0);
    this.#everyMs *= 2;
  }

  #tellBreakers(states: readonly MarketState[]): void {
    const text = states
      .map(({ market, breaker, sidecar }) => `${market}:${breaker?.level ?? 0}:${sidecar?.side ?? ''}`)
      .join('|');
    if (text === this.#breakers) return;
    const before = new Map(this.#breakers.split('|').map((each) => [each.split(':')[0] ?? '', each] as const));
    this.#breakers = text;
    for (const { market, breaker, sidecar, indexChangePpm } of states) {
      const [, level = '0', side = ''] = before.get(market)?.split(':') ?? [];
      const at = indexChangePpm === null ? '' : ` (${(indexChangePpm / 10_000).toFixed(2)} %)`;
      if (breaker && String(breaker.level) !== level)
        this.add('market', {
          ko: `${market} 서킷브레이커 ${breaker.level}단계${at}`,
          en: `${market} circuit breaker, level ${breaker.level}${at}`,
        });
      if (!breaker && level !== '0')
        this.add('market', {
          ko: `${market} 서킷브레이커 해제, 단일가`,
          en: `${market} circuit breaker over, call auction`,
        });
      if (sidecar && sidecar.side !== side)
        this.add('market', {
          ko: `${market} 사이드카 (${sidecar.side === 'sell' ? '매도' : '매수'})`,
          en: `${market} sidecar (${sidecar.side})`,
        });
    }
  }

  series(): RunSeries {
    const ids = Object.keys(this.#points[0]?.equity ?? {});
    return {
      ts: this.#points.map(({ ts }) => ts),
      kospiPct: this.#points.map(({ kospi }) => kospi),
      kosdaqPct: this.#points.map(({ kosdaq }) => kosdaq),
      equityKrw: Object.fromEntries(ids.map((id) => [id, this.#points.map(({ equity }) => equity[id] ?? 0)])),
      score: this.#points.map(({ score }) => score),
    };
  }
}
