/** P2: what to give up first, as drafts priced for the phase that the issue is in, judged by the real guard, with their effect. */
import { termsFor, type Desk } from '#core/trading/index.ts';
import type { MarketHub } from '#core/market/index.ts';
import {
  codeOf,
  type Account,
  type BasketRow,
  type InstrumentId,
  type IssueFacts,
  type PlannedReduction,
  type ResponsePlan,
  type ThreatSeverity,
} from '#shared/domain/index.ts';
import { isAuction } from '#shared/time/index.ts';
import type { Play, PlayCause, Words } from './play.ts';

/** Share of the exposure that is given up, percent. */
const SHARE: Readonly<Record<ThreatSeverity, number>> = { L: 10, M: 15, H: 30, C: 50 };
/** A single price may turn out so far below the last one before a sale is not wanted any more. */
const AUCTION_PART = 0.02;
/** What one name may weigh, and what a concentrated account is brought back to. */
const MOST_OF_ONE = 0.25;
const FALL = 0.1;

/** A sale's price for now, or why there is none. */
export function reducingPrice(
  issue: IssueFacts,
): { readonly price: number; readonly why: Words } | { readonly price: null; readonly why: Words } {
  const { krx, halted, inMarket, last, base, lowerLimit } = issue;
  const none = (ko: string, en: string) => ({ price: null, why: { ko, en } });
  if (!inMarket) return none('지금 시장에 없는 종목입니다.', 'Not in the market that runs now.');
  if (halted || krx.phase === 'halted')
    return none('거래가 정지되어 주문을 만들지 않았습니다.', 'Halted: no order was drafted.');
  if (isAuction(krx.phase)) {
    const floor = Math.max(
      lowerLimit,
      termsFor(issue).tickAround(Math.round((last ?? base) * (1 - AUCTION_PART)))?.above ?? base,
    );
    return {
      price: floor,
      why: {
        ko: '단일가라 시장가를 쓰지 않고, 마지막 값보다 2 % 아래까지만 파는 지정가입니다.',
        en: 'Single price: no market order, a limit 2 % below the last price at worst.',
      },
    };
  }
  if (krx.phase !== 'continuous')
    return none('정규장이 아니어서 주문을 만들지 않았습니다.', 'Outside the regular session: no order was drafted.');
  if (krx.bid === null || krx.bid === 0)
    return {
      price: lowerLimit,
      why: {
        ko: '매수 호가가 없어 하한가 지정가로 줄을 섭니다.',
        en: 'No bid: a limit at the lower limit waits in line.',
      },
    };
  return {
    price: krx.bid,
    why: { ko: '매수 1호가 지정가입니다.', en: 'A limit at the best bid.' },
  };
}

interface Holding {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  readonly sellable: number;
  readonly valueKrw: number;
  readonly issue: IssueFacts;
}

type PlanCause = Pick<PlayCause, 'threat' | 'accountId' | 'instrumentId'>;

/** A bond account tells the same cash once more, and plans are about shares. */
const holdsWonShares = ({ currency, product }: Pick<Account, 'currency' | 'product'>): boolean =>
  (currency ?? 'KRW') === 'KRW' && (product ?? 'stock') === 'stock';

function holdings({ threat, accountId, instrumentId }: PlanCause, desk: Desk, hub: MarketHub): Holding[] {
  const market = threat.subject === 'KOSPI' || threat.subject === 'KOSDAQ' ? threat.subject : null;
  return desk
    .accounts()
    .filter((account) => holdsWonShares(account) && (accountId === null || account.accountId === accountId))
    .flatMap((account) => desk.positions(account.accountId))
    .flatMap(({ accountId: owner, instrumentId: id, quantity, sellable }): Holding[] => {
      const issue = hub.facts(id);
      if (quantity === 0 || !issue || issue.instrument.priceScale !== 0) return [];
      if (market !== null && issue.instrument.market !== market) return [];
      if (instrumentId !== null && id !== instrumentId) return [];
      const valueKrw = quantity * (issue.last ?? issue.base);
      return [{ accountId: owner, instrumentId: id, quantity, sellable, valueKrw, issue }];
    })
    .sort((a, b) => b.valueKrw - a.valueKrw);
}

/** How much of each holding goes: largest first until the share is reached; of a concentrated account the excess of its names. */
function sharesOf(cause: PlanCause, held: readonly Holding[], equityKrw: number): ReadonlyMap<Holding, number> {
  const exposure = held.reduce((sum, { valueKrw }) => sum + valueKrw, 0);
  const shares = new Map<Holding, number>();
  if (cause.threat.detector === 'A03') {
    for (const holding of held) {
      const excess = holding.valueKrw - MOST_OF_ONE * equityKrw;
      if (excess > 0) shares.set(holding, Math.ceil((excess / holding.valueKrw) * holding.quantity));
    }
    return shares;
  }
  let left = (SHARE[cause.threat.severity] / 100) * exposure;
  for (const holding of held) {
    if (left <= 0) break;
    // Never more than half of one name at a time, so that the plan spreads over the largest.
    const part = Math.min(left, holding.valueKrw / (held.length > 1 ? 2 : 1));
    shares.set(holding, Math.min(holding.quantity, Math.ceil((part / holding.valueKrw) * holding.quantity)));
    left -= part;
  }
  return shares;
}

/** The plan for a threat as things stand now. Sends nothing. */
export function responsePlan(cause: PlanCause, desk: Desk, hub: MarketHub): ResponsePlan {
  const held = holdings(cause, desk, hub);
  const accounts = desk
    .accounts()
    .filter((account) => holdsWonShares(account) && (cause.accountId ?? account.accountId) === account.accountId);
  const cashKrw = accounts.reduce((sum, account) => sum + account.cashD2Krw, 0);
  const everything = holdings({ ...cause, instrumentId: null, threat: { ...cause.threat, subject: '' } }, desk, hub);
  const exposureKrw = everything.reduce((sum, { valueKrw }) => sum + valueKrw, 0);
  const rows: PlannedReduction[] = [];
  const ahead: BasketRow[] = [];
  let [commissionKrw, taxKrw, proceedsKrw, soldKrw] = [0, 0, 0, 0];
  for (const [holding, wanted] of sharesOf(cause, held, cashKrw + exposureKrw)) {
    const { accountId, instrumentId, quantity: heldQty, valueKrw, issue, sellable } = holding;
    const about = {
      accountId,
      instrumentId,
      heldQty,
      valueKrw,
      nameKo: issue.instrument.nameKo || codeOf(instrumentId),
    };
    const quantity = Math.min(wanted, sellable);
    const { price, why } = reducingPrice(issue);
    if (price === null || quantity <= 0) {
      const tied: Words = { ko: '다른 매도 주문에 묶여 있습니다.', en: 'Tied up in other sell orders.' };
      const { ko: whyKo, en: whyEn } = price === null ? why : tied;
      rows.push({ ...about, row: null, denial: null, whyKo, whyEn });
      continue;
    }
    const row: BasketRow = {
      accountId,
      instrumentId,
      side: 'sell',
      type: 'limit',
      timeInForce: 'day',
      price,
      stopPrice: null,
      route: 'KRX',
      session: 'regular',
      quantity,
    };
    const preview = desk.preview(row, ahead);
    rows.push({ ...about, row, denial: preview.denial, whyKo: why.ko, whyEn: why.en });
    if (preview.denial !== null) continue;
    ahead.push(row);
    commissionKrw += preview.commissionKrw;
    taxKrw += preview.taxKrw;
    proceedsKrw += preview.totalKrw;
    soldKrw += quantity * (issue.last ?? issue.base);
  }
  const after = exposureKrw - soldKrw;
  return {
    ts: hub.exchangeNow(),
    sharePct: exposureKrw === 0 ? 0 : Math.round((soldKrw / exposureKrw) * 1_000) / 10,
    rows,
    before: { cashKrw, exposureKrw, lossAt10Krw: Math.round(exposureKrw * FALL) },
    after: { cashKrw: cashKrw + proceedsKrw, exposureKrw: after, lossAt10Krw: Math.round(after * FALL) },
    commissionKrw,
    taxKrw,
  };
}

export const REDUCTION_PLAN: Play = {
  id: 'P2',
  run(cause, { desk, hub }) {
    const plan = responsePlan(cause, desk, hub);
    const drafts = plan.rows.filter(({ row, denial }) => row !== null && denial === null).length;
    return {
      state: 'done',
      plan,
      did:
        drafts === 0
          ? { ko: '줄일 수 있는 보유가 없어 주문 초안이 없습니다.', en: 'Nothing can be reduced now: no drafts.' }
          : {
              ko: `노출을 ${plan.sharePct} % 줄이는 주문 초안 ${drafts}건을 만들었습니다. 보낼지는 사용자가 정합니다.`,
              en: `Drafted ${drafts} order(s) that cut the exposure by ${plan.sharePct} %; sending them is up to you.`,
            },
    };
  },
};
