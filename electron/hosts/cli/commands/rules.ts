/** `exchange rules`: what applies to one issue at one moment. */
import type { RuleRow, RuleSheet, RuleStatus, RuleValue, VenueName } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isTradingDay, krxCalendar, ruleRow, ruleSheet } from '#shared/market/index.ts';
import { epochMs, kstTimeText } from '#shared/time/index.ts';
import type { Command } from '../command.ts';
import { askedRules, type AskedRules } from '../rules-question.ts';
import { table } from '../table.ts';

const VENUES = ['KRX', 'NXT'] as const;
const ROUTES = ['KRX', 'NXT', 'SOR'] as const;
type Records = Extract<RuleValue, readonly unknown[]>;

const STATUS_KO: Readonly<Record<RuleStatus, string>> = { C: '확인', S: '출처 하나', D: '계산', U: '미확인' };

function valueOf(sheet: RuleSheet, id: string): RuleValue {
  return ruleRow(sheet, id)?.value ?? null;
}

function recordsOf(sheet: RuleSheet, id: string): Records {
  const value = valueOf(sheet, id);
  return Array.isArray(value) ? value : [];
}

/** Codes a route takes now. */
function taken(sheet: RuleSheet, route: string): readonly unknown[] {
  return recordsOf(sheet, `order.${route}`)
    .filter((choice) => choice.valid === true)
    .map((choice) => choice.ordDvsn);
}

/** Codes it refuses, each with the reason. */
function refused(sheet: RuleSheet, route: string): Readonly<Record<string, unknown>> {
  const choices = recordsOf(sheet, `order.${route}`).filter((choice) => choice.valid !== true);
  return Object.fromEntries(choices.map((choice) => [String(choice.ordDvsn), choice.reason]));
}

function ratesOf(sheet: RuleSheet, id: string): Readonly<Record<string, unknown>> | null {
  const rates = recordsOf(sheet, id);
  return rates.length === 0 ? null : Object.fromEntries(rates.map((rate) => [String(rate.role), rate.ppb]));
}

/** An object with a key for each name that the sheet has rows of. */
function keyed<T>(names: readonly string[], make: (name: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

/** Rows of the asked venue only: those of the other venue, and of routes that reach it, are left out. */
function ofVenue(sheet: RuleSheet, venue: VenueName | null): RuleSheet {
  if (venue === null) return sheet;
  const other = venue === 'KRX' ? 'NXT' : 'KRX';
  const keep = ({ id }: RuleRow): boolean => !id.split('.').some((part) => part === other || part === 'SOR');
  return { ...sheet, sections: sheet.sections.map((section) => ({ ...section, rows: section.rows.filter(keep) })) };
}

function answerOf(sheet: RuleSheet, asked: AskedRules, venue: VenueName | null): Readonly<Record<string, unknown>> {
  const { issue, date, at } = asked.question;
  const venues = VENUES.filter((each) => venue === null || each === venue);
  const routes = ROUTES.filter((each) => venue === null || each === venue);
  return {
    code: issue.code,
    name: issue.nameKo,
    market: issue.market,
    product: issue.product ?? 'stock',
    issueFrom: asked.issueFrom,
    date,
    time: kstTimeText(epochMs(at)),
    sessionDay: isTradingDay(krxCalendar, date),
    venue,
    tick: valueOf(sheet, 'tick.now'),
    base: valueOf(sheet, 'limit.base'),
    upperLimit: valueOf(sheet, 'limit.upper'),
    lowerLimit: valueOf(sheet, 'limit.lower'),
    limitRule: valueOf(sheet, 'limit.rule'),
    quantityCap: valueOf(sheet, 'quantity.cap'),
    phase: keyed(venues, (each) => valueOf(sheet, `session.${each}.now`)),
    orderTypes: keyed(routes, (each) => taken(sheet, each)),
    refused: keyed(routes, (each) => refused(sheet, each)),
    viClass: valueOf(sheet, 'vi.class'),
    vi: keyed(venues, (each) => recordsOf(sheet, `vi.${each}`)[0] ?? null),
    tax: { sellPpb: valueOf(sheet, 'cost.tax') },
    fees: keyed(venues, (each) => ({
      commissionPpb: ratesOf(sheet, `cost.commission.${each}`),
      exchangePpb: ratesOf(sheet, `cost.exchange.${each}`),
    })),
    settlementDate: valueOf(sheet, 'cost.settlement'),
    rules: sheet.sections.flatMap(({ rows }) => rows),
  };
}

function human(sheet: RuleSheet): string {
  return sheet.sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ titleKo, rows }) => {
      const lines = rows.map((row) => [row.labelKo, row.valueKo, STATUS_KO[row.status], row.noteKo ?? '']);
      return `[${titleKo}]\n${table(['규칙', '지금', '확인', '덧붙임'], lines)}`;
    })
    .join('\n\n');
}

export const exchangeRules: Command = {
  name: 'exchange rules',
  summary: '한 종목에 한 시각에 적용되는 규칙: 호가 단위, 상·하한가, 장 시간, 주문 유형, VI, 세금과 수수료.',
  takes: '',
  options: {
    code: { kind: 'text', value: 'CODE', summary: '종목 코드' },
    at: { kind: 'text', value: 'TIME', summary: 'HH:MM[:SS] 또는 YYYY-MM-DDTHH:MM[:SS], 한국 시간' },
    date: { kind: 'text', value: 'YYYY-MM-DD', summary: '날짜. 적지 않으면 오늘' },
    venue: { kind: 'text', value: 'KRX|NXT', summary: '한 거래소의 규칙만' },
    market: {
      kind: 'text',
      value: 'KOSPI|KOSDAQ|KONEX',
      summary: '시장. --base와 함께 적으면 목록에 없는 종목도 됩니다.',
    },
    base: { kind: 'text', value: 'N', summary: '기준가격(원)' },
    shares: { kind: 'text', value: 'N', summary: '상장주식수' },
    product: { kind: 'text', value: 'stock|etp|elw', summary: '주식, ETF·ETN, ELW' },
    multiple: { kind: 'text', value: 'N', summary: '레버리지·인버스 배수' },
    class: { kind: 'text', value: 'CLASS', summary: 'VI 구분: kospi200, general, etpBroad, etpOther' },
    nxt: { kind: 'text', value: 'yes|no', summary: 'NXT에서 거래하는지' },
    channel: { kind: 'text', value: 'CHANNEL', summary: '수수료: bankis, branchOnline, promo' },
    'new-listing': { kind: 'flag', summary: '신규상장 첫날. 기준가격은 공모가' },
    'first-price': {
      kind: 'text',
      value: 'KIND',
      summary: '첫 가격을 새로 정하는 날: relisting, splitOff, longHalt, capitalReduction, etnSplit',
    },
    'single-price': { kind: 'text', value: 'REASON', summary: '30분 단일가: liquidation, overheated 등' },
    designation: {
      kind: 'text',
      value: 'NAME',
      summary: '지정: caution, alert, risk, managed, overheated, liquidation',
    },
    halted: { kind: 'flag', summary: '매매거래정지 중' },
  },
  async run(context) {
    const { flags, result } = context;
    const asked = await askedRules(context);
    const wish = flags.optional('venue');
    const venue = wish === null ? null : (VENUES.find((each) => each === wish) ?? undefined);
    if (venue === undefined)
      throw new AppError('INPUT_INVALID', { where: '--venue', why: 'KRX, NXT 가운데 하나여야 합니다.' });
    const sheet = ofVenue(ruleSheet(asked.question), venue);
    result(answerOf(sheet, asked, venue), () => human(sheet));
    return undefined;
  },
};
