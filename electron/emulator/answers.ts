/** Which answer stands behind which API; every other API answers from its field types. */
import { balance, balanceRealised, buyable, dailyOrders, openOrders, sellable } from './domestic/account.ts';
import { combinedMargin, periodProfit, periodTradeProfit } from './domestic/statements.ts';
import {
  bondBalance,
  bondBuy,
  bondBuyable,
  bondChange,
  bondOpenOrders,
  bondOrders,
  bondSell,
} from './bonds/bond-account.ts';
import { bondIssue } from './bonds/bond-issues.ts';
import type { BondMarket } from './bonds/bond-market.ts';
import { bondAsking, bondDaily, bondPrice, bondTrades } from './bonds/bond-quotes.ts';
import { CONTRACT_ANSWERS, knowsContract } from './derivatives/contract-answers.ts';
import { dailyPrices, dayMinutes, periodPrices, todayMinutes, tradesByTime } from './domestic/charts.ts';
import { FUTURE_ANSWERS, knowsFuture } from './futures-abroad/future-answers.ts';
import type { Ghosts } from './domestic/ghosts.ts';
import type { History } from './domestic/history.ts';
import {
  fluctuationRank,
  holidays,
  indexPrice,
  marketTime,
  stockInfo,
  viStatus,
  volumeRank,
} from './domestic/market-answers.ts';
import { creditBuyable } from './domestic/loans.ts';
import { orderCash, orderChange, orderCredit, type OrderFaults } from './domestic/orders.ts';
import { Reservations } from './domestic/reservations.ts';
import { isPension, pensionBalance, pensionDeposit, pensionOrders, pensionPower } from './domestic/pensions.ts';
import { inquireAskingPrice, inquirePrice, inquirePrice2, inquireTrades } from './domestic/quotes.ts';
import type { Answerer, Call, Ground, Reply } from './ground.ts';
import {
  abroadBalance,
  abroadBuyable,
  abroadChange,
  abroadOpenOrders,
  abroadOrder,
  abroadOrders,
  abroadPresent,
} from './overseas/abroad-account.ts';
import { abroadMargin, abroadProfit, abroadTrades } from './overseas/abroad-statements.ts';
import type { AbroadMarkets } from './overseas/abroad-markets.ts';
import { abroadAsking, abroadDaily, abroadDetail, abroadMinutes, abroadPrice } from './overseas/abroad-quotes.ts';
import type { OtherMarkets } from './other-markets.ts';
import { quotedIssue } from './overseas/abroad-issues.ts';

/** What orders and their inquiries need beside the ground. */
export interface AnswerParts {
  readonly ghosts: Ghosts;
  readonly orderFaults: OrderFaults;
  readonly history: History;
  readonly others: Pick<OtherMarkets, 'abroad' | 'bonds' | 'contracts' | 'futures'>;
}

/** The answers that come from the market, by API. */
export function marketAnswers({
  ghosts,
  orderFaults,
  history,
  others: { abroad, bonds, contracts, futures },
}: AnswerParts): ReadonlyMap<string, Answerer> {
  const reservations = new Reservations();
  const domestic: Record<string, Answerer> = {
    'order-cash': (call, ground) => orderCash(call, ground, orderFaults),
    'order-credit': (call, ground) => orderCredit(call, ground, orderFaults),
    'inquire-credit-psamount': creditBuyable,
    'order-rvsecncl': orderChange,
    'order-resv': (call, ground) => reservations.take(call, ground),
    'order-resv-rvsecncl': (call, ground) => reservations.change(call, ground),
    'order-resv-ccnl': (call, ground) => reservations.list(call, ground),
    'inquire-daily-ccld': (call, ground) => dailyOrders(call, ground, ghosts.list),
    'inquire-psbl-rvsecncl': openOrders,
    'inquire-balance': balance,
    'inquire-balance-rlz-pl': balanceRealised,
    'inquire-period-profit': periodProfit,
    'inquire-period-trade-profit': periodTradeProfit,
    'intgr-margin': (call, ground) => combinedMargin(call, ground, abroad),
    'inquire-psbl-order': buyable,
    'inquire-psbl-sell': sellable,
    'pension-inquire-balance': pensionBalance,
    'pension-inquire-daily-ccld': pensionOrders,
    'pension-inquire-deposit': pensionDeposit,
    'pension-inquire-psbl-order': pensionPower,
    'inquire-price': inquirePrice,
    'inquire-price-2': inquirePrice2,
    'inquire-asking-price-exp-ccn': inquireAskingPrice,
    'inquire-ccnl': inquireTrades,
    'inquire-time-itemconclusion': tradesByTime,
    'inquire-time-itemchartprice': todayMinutes,
    'inquire-time-dailychartprice': (call, ground) => dayMinutes(call, ground, history),
    'inquire-daily-price': (call, ground) => dailyPrices(call, ground, history),
    'inquire-daily-itemchartprice': (call, ground) => periodPrices(call, ground, history),
    'inquire-index-price': indexPrice,
    'volume-rank': volumeRank,
    fluctuation: fluctuationRank,
    'chk-holiday': holidays,
    'market-time': marketTime,
    'search-stock-info': stockInfo,
    'inquire-vi-status': viStatus,
  };
  const overseas: Record<string, (call: Call, ground: Ground, markets: AbroadMarkets) => ReturnType<Answerer>> = {
    price: abroadPrice,
    'price-detail': abroadDetail,
    'inquire-asking-price': abroadAsking,
    dailyprice: abroadDaily,
    'inquire-time-itemchartprice': abroadMinutes,
    order: abroadOrder,
    'order-rvsecncl': abroadChange,
    'inquire-nccs': abroadOpenOrders,
    'inquire-ccnl': abroadOrders,
    'inquire-balance': abroadBalance,
    'inquire-present-balance': abroadPresent,
    'inquire-psamount': abroadBuyable,
    'inquire-period-profit': abroadProfit,
    'inquire-period-trans': abroadTrades,
    'foreign-margin': abroadMargin,
  };
  const bond: Record<string, (call: Call, ground: Ground, market: BondMarket) => ReturnType<Answerer>> = {
    'inquire-price': bondPrice,
    'inquire-asking-price': bondAsking,
    'inquire-ccnl': bondTrades,
    'inquire-daily-price': bondDaily,
    'inquire-daily-itemchartprice': bondDaily,
    buy: bondBuy,
    sell: bondSell,
    'order-rvsecncl': bondChange,
    'inquire-psbl-rvsecncl': bondOpenOrders,
    'inquire-daily-ccld': bondOrders,
    'inquire-balance': bondBalance,
    'inquire-psbl-order': bondBuyable,
  };
  return new Map([
    ...Object.entries(domestic).map(([name, answer]) => [`domestic-stock.${name}`, answer] as const),
    ...Object.entries(overseas).map(
      ([name, answer]) =>
        [`overseas-stock.${name}`, ((call, ground) => answer(call, ground, abroad)) satisfies Answerer] as const,
    ),
    ...Object.entries(bond).map(
      ([name, answer]) =>
        [`domestic-bond.${name}`, ((call, ground) => answer(call, ground, bonds)) satisfies Answerer] as const,
    ),
    ...Object.entries(CONTRACT_ANSWERS).map(
      ([name, answer]) =>
        [
          `domestic-futureoption.${name}`,
          ((call, ground) => answer(call, ground, contracts)) satisfies Answerer,
        ] as const,
    ),
    ...Object.entries(FUTURE_ANSWERS).map(
      ([name, answer]) =>
        [
          `overseas-futureoption.${name}`,
          ((call, ground) => answer(call, ground, futures)) satisfies Answerer,
        ] as const,
    ),
  ]);
}

/** An order on a bond that has no market here is refused; questions about one are made up. */
function knowsBond({ api, params }: Call): boolean {
  const code = params.text('FID_INPUT_ISCD') || params.text('PDNO');
  return api.method === 'POST' || code === '' || bondIssue(code) !== undefined;
}

/** Whether a market here answers a call; quotes of issues that have none are made up like everything else. */
export function knowsMarket({
  contracts,
  futures,
}: Pick<OtherMarkets, 'contracts' | 'futures'>): (call: Call) => boolean {
  return (call) => {
    const { id } = call.api;
    if (id.startsWith('domestic-futureoption.')) return knowsContract(call, contracts);
    if (id.startsWith('overseas-futureoption.')) return knowsFuture(call, futures);
    if (id.startsWith('domestic-bond.')) return knowsBond(call);
    if (id.startsWith('domestic-stock.pension-')) return isPension(call);
    if (!id.startsWith('overseas-stock.') || !call.params.has('EXCD')) return true;
    return quotedIssue(call.params.text('EXCD'), call.params.text('SYMB')) !== undefined;
  };
}

/** Answers an API that the market knows nothing of. */
export type Otherwise = (call: Call, ground: Ground) => Reply;
