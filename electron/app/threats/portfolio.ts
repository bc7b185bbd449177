/** The risk of what an account holds: its positions at last prices, stored or practised closes, every scenario there is. */
import type { MarketHub, RecordHistory } from '#core/market/index.ts';
import type { ScenarioRoom } from '#core/scenarios/index.ts';
import type { Simulator } from '#core/simulator/index.ts';
import type { CandleStore, DailyBar } from '#core/storage/index.ts';
import { askPortfolio, CLOSE_DAYS, type CloseSource, type DatedChange } from '#core/threats/index.ts';
import type { Desk } from '#core/trading/index.ts';
import { codeOf, productOf, type Environment, type InstrumentId, type PortfolioReport } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ListedIssue } from '#shared/exchange/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { Issues } from '../issues.ts';

export interface PortfolioParts {
  readonly workerUrl: URL;
  readonly candles: Pick<CandleStore, 'bars' | 'recordedDays'>;
  readonly records: Pick<RecordHistory, 'indices'>;
  readonly issues: Pick<Issues, 'domestic' | 'korean'>;
  readonly scenarios: Pick<ScenarioRoom, 'texts'>;
  readonly simulator: Pick<Simulator, 'status' | 'listed'>;
}

/** Of each index so many issues of the practice market, the first listed, whose mean stands for it. */
const INDEX_ISSUES = 30;
const INDICES = ['KOSPI', 'KOSDAQ'] as const;
type IndexName = (typeof INDICES)[number];

const isIndex = (market: string | undefined): market is IndexName => market === 'KOSPI' || market === 'KOSDAQ';

/** Closes whose returns are those of each day on its own base price: a split or a rights issue is no loss. */
function adjusted(bars: readonly Pick<DailyBar, 'close' | 'base'>[]): number[] {
  const closes = bars.map(({ close }) => close);
  for (let at = bars.length - 1; at > 0; at -= 1) {
    const { close, base } = bars[at] as Pick<DailyBar, 'close' | 'base'>;
    const before = base !== null && base > 0 ? base : (bars[at - 1]?.close ?? close);
    closes[at - 1] = close > 0 ? ((closes[at] ?? close) * before) / close : 0;
  }
  return closes;
}

export class PortfolioDesk {
  readonly #parts: PortfolioParts;

  constructor(parts: PortfolioParts) {
    this.#parts = parts;
  }

  /** Throws ACCOUNT_UNKNOWN, and RISK_WON_ONLY for an account in another currency. */
  async ask(
    from: { readonly environment: Environment; readonly desk: Desk; readonly hub: MarketHub },
    wish: { readonly accountId: string; readonly seed: number },
    signal: AbortSignal,
  ): Promise<PortfolioReport> {
    const { desk, hub, environment } = from;
    const { accountId, seed } = wish;
    const account = desk.accounts().find((each) => each.accountId === accountId);
    if (!account) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    if ((account.currency ?? 'KRW') !== 'KRW') throw new AppError('RISK_WON_ONLY');
    const { issues, scenarios, workerUrl } = this.#parts;
    // The scenarios are about shares: other units would be read as so many of them.
    const positions = desk
      .positions(accountId)
      .filter(({ quantity, instrumentId }) => quantity > 0 && productOf(instrumentId) === 'stock');
    const held = positions.map(({ instrumentId: id, quantity }) => {
      const facts = hub.facts(id);
      const price = facts?.last ?? (facts && facts.base > 0 ? facts.base : null);
      const market = issues.korean(id)?.market;
      return {
        id,
        quantity,
        valueKrw: price === null ? null : price * quantity,
        market: isIndex(market) ? market : null,
      };
    });
    const asOf = hub.feed.session().sessionDate;
    const closes = this.#closes(
      environment,
      held.map(({ id }) => id),
      asOf,
    );
    const answer = await askPortfolio(
      workerUrl,
      {
        kind: 'portfolio',
        // A value that is not known is no amount: every figure says so, and none is made without it.
        holdings: held.map(({ id, valueKrw, market }) => ({
          id,
          valueKrw: valueKrw ?? Number.NaN,
          sector: null,
          market,
        })),
        closes,
        seed,
        scenarios: scenarios.texts(),
        markets: new Map(
          issues.domestic.flatMap(({ code, market }) => (isIndex(market) ? [[code, market] as const] : [])),
        ),
      },
      signal,
    );
    const { betas, ...rest } = answer;
    const byId = new Map(betas);
    return {
      accountId,
      asOf,
      closes: closes.kind,
      ...rest,
      holdings: held.map((each) => {
        const beta = byId.get(each.id);
        return { ...each, beta: beta ? (beta.known ? beta : { ...beta, about: [...beta.about] }) : null };
      }),
    };
  }

  /** A synthetic market has pasts of its own; every other one had what was imported. */
  #closes(environment: Environment, held: readonly InstrumentId[], asOf: SessionDate): CloseSource {
    const { simulator } = this.#parts;
    const { plan } = simulator.status();
    if (environment !== 'simulation' || plan.mode !== 'synthetic') return this.#stored(held, asOf);
    const listed = (id: InstrumentId): ListedIssue[] => {
      const issue = simulator.listed(id);
      return issue ? [issue] : [];
    };
    const beside = INDICES.flatMap((market) =>
      this.#parts.issues.domestic
        .filter((issue) => issue.market === market)
        .flatMap(({ id }) => listed(id))
        .slice(0, INDEX_ISSUES),
    );
    const issues = new Map([...held.flatMap(listed), ...beside].map((issue) => [issue.code, issue]));
    return { kind: 'practice', issues: [...issues.values()], seed: plan.seed, date: asOf };
  }

  #stored(held: readonly InstrumentId[], asOf: SessionDate): CloseSource {
    const { candles, records } = this.#parts;
    const changes = (market: IndexName): DatedChange[] =>
      candles
        .recordedDays(market, CLOSE_DAYS)
        .filter((date) => date < asOf)
        .flatMap((date) => {
          const index = records.indices(date).find((each) => each.market === market);
          const changePpm = index?.changePpm.at(-1);
          return changePpm === undefined ? [] : [{ date, changePpm }];
        });
    return {
      kind: 'stored',
      issues: held.map((id) => {
        const bars = candles
          .bars({ code: codeOf(id), limit: CLOSE_DAYS })
          .filter(({ date }) => date < asOf)
          .toReversed();
        return { id, dates: bars.map(({ date }) => date), closes: adjusted(bars) };
      }),
      indices: { KOSPI: changes('KOSPI'), KOSDAQ: changes('KOSDAQ') },
    };
  }
}
