/** Rule rows of the issue itself, its ticks, its base price and limits, and the quantity cap. */
import limitFacts from '#resources/krx/price-limits.json' with { type: 'json' };
import capFacts from '#resources/krx/quantity-cap.json' with { type: 'json' };
import type { RuleRow } from '../../domain/index.ts';
import { groupDigits } from '../../errors/index.ts';
import { quantityCap } from '../quantity-cap.ts';
import {
  firstPriceBand,
  hasNoLimits,
  limitRule,
  limitWidth,
  NEW_LISTING_LIMITS,
  priceLimits,
  type PriceLimits,
} from '../price-limit.ts';
import { row, textKnown, unknownRow, whereKnown, won, type RuleContext } from './rule-context.ts';
import { tickAt, tickRule, tradingUnit, type TickTable } from '../tick-size.ts';

const MARKET_KO = { KOSPI: '유가증권시장', KOSDAQ: '코스닥시장', KONEX: '코넥스시장' } as const;
const PRODUCT_KO = { stock: '주식', etp: 'ETF·ETN', elw: 'ELW' } as const;

/** What the issue is. */
export function issueRows(context: RuleContext): readonly RuleRow[] {
  const { issue, product } = context;
  const facts = issue.baseAsOf === null ? '주어진 값' : '종목 목록';
  const letters = /[A-Z]/.test(issue.code);
  return [
    row({
      id: 'issue.code',
      labelKo: '단축코드',
      valueKo: `${issue.code} ${issue.nameKo}`.trim(),
      value: issue.code,
      source: 'short codes seen in 2026-10',
      status: 'S',
      noteKo: letters
        ? '영문자가 든 코드입니다. 새로 상장하는 종목의 단축코드에는 영문자가 들 수 있습니다.'
        : '여섯 자리이고 영문자가 들 수 있습니다.',
    }),
    row({
      id: 'issue.market',
      labelKo: '시장',
      valueKo: `${MARKET_KO[issue.market]} · ${PRODUCT_KO[product]}`,
      value: issue.market,
      source: facts,
      date: issue.baseAsOf,
      status: 'D',
    }),
    row({
      id: 'issue.nxt',
      labelKo: 'NXT 거래',
      valueKo: issue.nxt === null ? '모름' : issue.nxt ? 'NXT에서도 거래' : 'KRX에서만 거래',
      value: issue.nxt,
      source: 'NXT list: 602 issues on 2026-09-14, not at hand',
      status: issue.nxt === null ? 'U' : 'D',
      noteKo: issue.nxt === null ? 'NXT 거래 종목 목록이 없어 거래되는 것으로 보고 주문 유형을 적었습니다.' : null,
    }),
    unitRow(context),
  ];
}

function unitRow({ product }: RuleContext): RuleRow {
  const unit = tradingUnit(product);
  return row({
    id: 'issue.unit',
    labelKo: '매매 단위',
    valueKo: `${unit}${product === 'stock' ? '주' : '증권'}`,
    value: unit,
    source: 'KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 33',
    date: null,
    status: 'C',
  });
}

function bandsText(bands: TickTable): string {
  return bands.map(({ lt, tick }) => (lt === null ? `그 위 ${won(tick)}` : `${won(lt)} 미만 ${won(tick)}`)).join(' · ');
}

/** The tick at the price of now, and the whole table. */
export function tickRows(context: RuleContext): readonly RuleRow[] {
  const { issue, date, product, base, live } = context;
  const source = 'resources/krx/tick-size.json';
  return whereKnown(unknownRow('tick.now', '호가 단위', source), () => {
    const rule = tickRule(issue.market, date, product);
    const price = live?.last ?? base;
    const from = { source: rule.source, date: rule.from, status: rule.status };
    return [
      row({
        id: 'tick.now',
        labelKo: '호가 단위',
        valueKo: `${won(price)}에서 ${won(tickAt(rule.bands, price))}`,
        value: tickAt(rule.bands, price),
        ...from,
      }),
      row({
        id: 'tick.table',
        labelKo: '호가 단위 표',
        valueKo: rule.bands.length === 1 ? `모든 가격 ${won(rule.bands[0]?.tick ?? 0)}` : bandsText(rule.bands),
        value: rule.bands.map(({ lt, tick }) => ({ lt, tick })),
        ...from,
        noteKo: '주문 가격이 든 구간의 단위를 따르며, 가격은 단위의 배수여야 합니다.',
      }),
    ];
  });
}

interface LimitWords {
  readonly limits: PriceLimits;
  readonly upperKo: string;
  readonly lowerKo: string;
  readonly rule: { readonly id: string; readonly valueKo: string; readonly value: string };
  readonly source: string;
  readonly date: string | null;
  readonly status: string;
}

/** Usual limits: a share of the base cut down to its tick, then to a valid price. */
function usualLimits(context: RuleContext): LimitWords {
  const { issue, date, base, product } = context;
  const { multiple = 1 } = issue;
  const question = { market: issue.market, date, basePrice: base, product, multiple };
  const limits = priceLimits(question);
  const { percent, status, source, from } = limitRule(issue.market, date);
  const width = limitWidth(question);
  const tick = tickAt(tickRule(issue.market, date, product).bands, base);
  const scale = Math.abs(multiple) > 1 ? ` × ${Math.abs(multiple)}배` : '';
  const how = `${won(base)} × ${percent}% → ${won(tick)} 단위로 내림${scale} = ${won(width)}`;
  return {
    limits,
    upperKo: `${how}; ${won(base)} + ${won(width)} → ${won(limits.upper)}`,
    lowerKo: `${how}; ${won(base)} − ${won(width)} → ${won(limits.lower)}`,
    rule: { id: 'usual', valueKo: `기준가격의 ±${percent}%${scale}`, value: `±${percent}%` },
    source,
    date: from,
    status,
  };
}

function newListingLimits(context: RuleContext): LimitWords {
  const { issue, date, base, product } = context;
  const limits = priceLimits({ market: issue.market, date, basePrice: base, product, newListing: true });
  const { upperPercent, lowerPercent, from, status, source } = NEW_LISTING_LIMITS;
  return {
    limits,
    upperKo: `${won(base)} + ${upperPercent}% → ${won(limits.upper)}`,
    lowerKo: `${won(base)} − ${lowerPercent}% → ${won(limits.lower)}`,
    rule: {
      id: 'newListing',
      valueKo: `신규상장 첫날: 공모가의 ${100 - lowerPercent}%에서 ${100 + upperPercent}%`,
      value: 'newListing',
    },
    source,
    date: from,
    status,
  };
}

function firstPriceLimits(context: RuleContext): LimitWords | null {
  const { issue, date, base, product } = context;
  if (!issue.firstPrice) return null;
  const band = firstPriceBand({ market: issue.market, date, appraisal: base, kind: issue.firstPrice, product });
  const { status, source } = limitFacts.firstPrice;
  return {
    limits: band,
    upperKo: `평가가격 ${won(base)}에서 ${won(band.upper)}까지`,
    lowerKo: `평가가격 ${won(base)}에서 ${won(band.lower)}까지`,
    rule: {
      id: 'firstPrice',
      valueKo: `${band.ko}: 첫 가격이 기준가격이 되고, 그 가격에서 상·하한가를 정합니다.`,
      value: issue.firstPrice,
    },
    source,
    date: null,
    status,
  };
}

function limitWords(context: RuleContext): LimitWords {
  const { issue, live, kindIssue } = context;
  const words =
    (kindIssue.firstPricePending === true ? firstPriceLimits(context) : null) ??
    (issue.newListing === true ? newListingLimits(context) : usualLimits(context));
  if (!live) return words;
  const { upperLimit: upper, lowerLimit: lower } = live;
  if (upper === words.limits.upper && lower === words.limits.lower) return words;
  // The market of the day was given other limits than the rule makes: they stand, and are shown as given.
  return {
    ...words,
    limits: { upper, lower },
    upperKo: won(upper),
    lowerKo: won(lower),
    rule: { id: 'given', valueKo: '이 장에 따로 정해진 상·하한가', value: 'given' },
    source: 'the running market',
    date: null,
    status: 'D',
  };
}

/** Base price, limits and how they come about. */
export function limitRows(context: RuleContext): readonly RuleRow[] {
  const { issue, base, product, live } = context;
  const baseRow = row({
    id: 'limit.base',
    labelKo: '기준가격',
    valueKo: won(base),
    value: base,
    source: limitFacts.basePrice.source,
    date: live ? null : issue.baseAsOf,
    status: live || issue.baseAsOf === null ? 'C' : 'D',
    noteKo:
      live || issue.baseAsOf === null
        ? '전날 정규장 종가입니다. 호가 단위에 맞지 않으면 바로 위 가격으로 올립니다.'
        : `${issue.baseAsOf} 종가에서 정한 값입니다. 그 뒤의 가격은 가져온 자료에 없습니다.`,
  });
  if (hasNoLimits(product) || issue.singlePrice === 'liquidation') {
    const { source, status } = limitFacts.none;
    const none = { id: 'limit.rule', labelKo: '가격제한', valueKo: '가격제한 없음', value: 'none', source, status };
    return [baseRow, row(none)];
  }
  return [
    baseRow,
    ...whereKnown(unknownRow('limit.rule', '가격제한', 'resources/krx/price-limits.json'), () => {
      const { limits, upperKo, lowerKo, rule, source, date, status } = limitWords(context);
      const from = { source, date, status };
      return [
        row({ id: 'limit.upper', labelKo: '상한가', valueKo: upperKo, value: limits.upper, ...from }),
        row({ id: 'limit.lower', labelKo: '하한가', valueKo: lowerKo, value: limits.lower, ...from }),
        row({ id: 'limit.rule', labelKo: '가격제한', valueKo: rule.valueKo, value: rule.value, ...from }),
      ];
    }),
  ];
}

/** The largest quantity of one order. */
export function quantityRows(context: RuleContext): readonly RuleRow[] {
  const { issue, base, date } = context;
  const cap = quantityCap({ basePrice: base, listedShares: issue.listedShares });
  const known = textKnown(date, { from: capFacts.textKnownFrom, status: capFacts.status });
  const source = capFacts.source;
  if (cap === null) {
    return [
      row({
        id: 'quantity.cap',
        labelKo: '한 번에 낼 수 있는 수량',
        valueKo: '모름',
        value: null,
        source,
        status: 'U',
        noteKo: '상장주식수를 몰라 계산하지 못했습니다.',
      }),
    ];
  }
  return [
    row({
      id: 'quantity.cap',
      labelKo: '한 번에 낼 수 있는 수량',
      valueKo: `${groupDigits(cap)}주`,
      value: cap,
      source,
      date: known.noteKo === null ? capFacts.textKnownFrom : null,
      status: known.status,
      noteKo: known.noteKo ?? '시가총액에 따라 정해지며, 더 큰 주문은 나누어 냅니다.',
    }),
  ];
}
