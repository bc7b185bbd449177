/** Which answer stands behind which API; every other API answers from its field types. */
import {
  balance,
  balanceRealised,
  buyable,
  dailyOrders,
  openOrders,
  periodProfit,
  sellable,
} from './domestic/account.ts';
import { dailyPrices, dayMinutes, periodPrices, todayMinutes, tradesByTime } from './domestic/charts.ts';
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
import { orderCash, orderChange, type OrderFaults } from './domestic/orders.ts';
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
import type { AbroadMarkets } from './overseas/abroad-markets.ts';
import { abroadAsking, abroadDaily, abroadDetail, abroadMinutes, abroadPrice } from './overseas/abroad-quotes.ts';
import { quotedIssue } from './overseas/abroad-issues.ts';

/** What orders and their inquiries need beside the ground. */
export interface AnswerParts {
  readonly ghosts: Ghosts;
  readonly orderFaults: OrderFaults;
  readonly history: History;
  readonly abroad: AbroadMarkets;
}

/** The answers that come from the market, by API. */
export function marketAnswers({ ghosts, orderFaults, history, abroad }: AnswerParts): ReadonlyMap<string, Answerer> {
  const domestic: Record<string, Answerer> = {
    'order-cash': (call, ground) => orderCash(call, ground, orderFaults),
    'order-rvsecncl': orderChange,
    'inquire-daily-ccld': (call, ground) => dailyOrders(call, ground, ghosts.list),
    'inquire-psbl-rvsecncl': openOrders,
    'inquire-balance': balance,
    'inquire-balance-rlz-pl': balanceRealised,
    'inquire-period-profit': periodProfit,
    'inquire-psbl-order': buyable,
    'inquire-psbl-sell': sellable,
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
  };
  return new Map([
    ...Object.entries(domestic).map(([name, answer]) => [`domestic-stock.${name}`, answer] as const),
    ...Object.entries(overseas).map(
      ([name, answer]) =>
        [`overseas-stock.${name}`, ((call, ground) => answer(call, ground, abroad)) satisfies Answerer] as const,
    ),
  ]);
}

/** Quotes of issues that have no market here are made up like everything else. */
export function knowsMarket(call: Call): boolean {
  const { id } = call.api;
  if (!id.startsWith('overseas-stock.') || !call.params.has('EXCD')) return true;
  return quotedIssue(call.params.text('EXCD'), call.params.text('SYMB')) !== undefined;
}

/** Answers an API that the market knows nothing of. */
export type Otherwise = (call: Call, ground: Ground) => Reply;
