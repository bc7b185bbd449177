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
import { usBalance, usBuyable, usChange, usOpenOrders, usOrder, usOrders, usPresent } from './overseas/us-account.ts';
import type { UsMarket } from './overseas/us-market.ts';
import { usAsking, usDaily, usDetail, usMinutes, usPrice } from './overseas/us-quotes.ts';
import { US_ISSUES } from './overseas/us-issues.ts';

/** What orders and their inquiries need beside the ground. */
export interface AnswerParts {
  readonly ghosts: Ghosts;
  readonly orderFaults: OrderFaults;
  readonly history: History;
  readonly us: UsMarket;
}

/** The answers that come from the market, by API. */
export function marketAnswers({ ghosts, orderFaults, history, us }: AnswerParts): ReadonlyMap<string, Answerer> {
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
  const overseas: Record<string, (call: Call, ground: Ground, market: UsMarket) => ReturnType<Answerer>> = {
    price: usPrice,
    'price-detail': usDetail,
    'inquire-asking-price': usAsking,
    dailyprice: usDaily,
    'inquire-time-itemchartprice': usMinutes,
    order: usOrder,
    'order-rvsecncl': usChange,
    'inquire-nccs': usOpenOrders,
    'inquire-ccnl': usOrders,
    'inquire-balance': usBalance,
    'inquire-present-balance': usPresent,
    'inquire-psamount': usBuyable,
  };
  return new Map([
    ...Object.entries(domestic).map(([name, answer]) => [`domestic-stock.${name}`, answer] as const),
    ...Object.entries(overseas).map(
      ([name, answer]) =>
        [`overseas-stock.${name}`, ((call, ground) => answer(call, ground, us)) satisfies Answerer] as const,
    ),
  ]);
}

/** Quotes of exchanges that have no market here are made up like everything else. */
export function knowsMarket(call: Call): boolean {
  const { id } = call.api;
  if (!id.startsWith('overseas-stock.') || !call.params.has('EXCD')) return true;
  const [excd, symbol] = [call.params.text('EXCD').toUpperCase(), call.params.text('SYMB').toUpperCase()];
  return (
    ['NAS', 'NYS', 'AMS', 'BAQ', 'BAY', 'BAA'].includes(excd) && US_ISSUES.some((issue) => issue.symbol === symbol)
  );
}

/** Answers an API that the market knows nothing of. */
export type Otherwise = (call: Call, ground: Ground) => Reply;
