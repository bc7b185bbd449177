/** Rule rows of margin, commission, exchange fees, tax and settlement. */
import type { RuleRow, VenueName } from '../../domain/index.ts';
import { designationEffect } from '../alerts.ts';
import { commissionRate, exchangeFee, sellTax, type FeeRate, type LiquidityRole } from '../fees.ts';
import { marginRate, type FullMarginReason } from '../margin.ts';
import { ppbText, row, unknownRow, whereKnown, type RuleContext } from './rule-context.ts';
import { settlementDate } from '../settlement.ts';
import { nxtOpenOn } from '../trading-hours.ts';

const SOURCE = 'resources/krx/fees.json';
const ROLE_KO: Readonly<Record<LiquidityRole, string>> = {
  maker: '먼저 낸 쪽',
  taker: '받아 간 쪽',
  auction: '단일가',
};

/** Why the issue must be paid in full, where its designations say so. */
function fullMargin({ issue }: RuleContext): FullMarginReason | null {
  if (issue.halted === true) return 'halted';
  if (issue.singlePrice === 'liquidation') return 'liquidation';
  for (const designation of issue.designations ?? []) {
    if (designationEffect(designation).marginPercent === 100) return designation as FullMarginReason;
  }
  return null;
}

/** Margin of the two kinds of account. */
export function marginRows(context: RuleContext): readonly RuleRow[] {
  const { market } = context.issue;
  const reason = fullMargin(context);
  return (['cash', 'margin40'] as const).map((kind) => {
    const { percent, status, source } = marginRate({ kind, market, ...(reason === null ? {} : { reason }) });
    return row({
      id: `margin.${kind}`,
      labelKo: kind === 'cash' ? '증거금률(현금 계좌)' : '증거금률(위탁증거금 계좌)',
      valueKo: `${percent}%`,
      value: percent,
      source,
      status,
      noteKo:
        kind === 'margin40' && reason === null
          ? '종목별 증거금률은 증권사가 정하며, 자료에 없어 흔한 값으로 적었습니다.'
          : null,
    });
  });
}

const ROLES = ['maker', 'taker', 'auction'] as const;

interface VenueCost {
  readonly id: string;
  readonly labelKo: string;
  readonly rate: (role: LiquidityRole) => FeeRate;
  readonly noteKo: string | null;
}

/** One row of a venue: one rate where all ways of trading cost alike, else each. */
function venueRow({ id, labelKo, rate, noteKo }: VenueCost): readonly RuleRow[] {
  return whereKnown(unknownRow(id, labelKo, SOURCE), () => {
    const rates = ROLES.map((role) => ({ role, ...rate(role) }));
    const [first] = rates;
    if (first === undefined) return [];
    const alike = rates.every(({ ppb }) => ppb === first.ppb);
    const unsure = rates.find(({ status }) => status === 'U') ?? rates.find(({ status }) => status === 'S');
    return [
      row({
        id,
        labelKo,
        valueKo: alike
          ? ppbText(first.ppb)
          : rates.map(({ role, ppb }) => `${ROLE_KO[role]} ${ppbText(ppb)}`).join(' · '),
        value: rates.map(({ role, ppb, status }) => ({ role, ppb, status })),
        source: first.source,
        status: unsure?.status ?? first.status,
        noteKo,
      }),
    ];
  });
}

function commissionRow(context: RuleContext, venue: VenueName): readonly RuleRow[] {
  const { date, product, channel = 'bankis' } = context;
  return venueRow({
    id: `cost.commission.${venue}`,
    labelKo: `${venue} 위탁수수료`,
    rate: (role) => commissionRate({ date, product, channel, venue, role }),
    noteKo: '거래금액에 대한 비율입니다. 10원 아래는 버린다고 보았습니다(확인되지 않음).',
  });
}

function exchangeRow(context: RuleContext, venue: VenueName): readonly RuleRow[] {
  return venueRow({
    id: `cost.exchange.${venue}`,
    labelKo: `${venue} 거래소 수수료`,
    rate: (role) => exchangeFee(context.date, { venue, role }),
    noteKo: '위탁수수료에 들어 있습니다.',
  });
}

function taxRows(context: RuleContext): readonly RuleRow[] {
  const { issue, date, product } = context;
  return whereKnown(unknownRow('cost.tax', '매도 세금', SOURCE), () => {
    const { transactionPpb, ruralPpb, status, source } = sellTax({ market: issue.market, date, product });
    const total = transactionPpb + ruralPpb;
    const parts = `증권거래세 ${ppbText(transactionPpb)} + 농어촌특별세 ${ppbText(ruralPpb)}`;
    return [
      row({
        id: 'cost.tax',
        labelKo: '매도 세금',
        valueKo: total === 0 ? '없음' : `매도 금액의 ${ppbText(total)} (${parts})`,
        value: total,
        source,
        status,
        noteKo: total === 0 || !nxtOpenOn(date) ? null : 'NXT에서 팔아도 같습니다.',
      }),
    ];
  });
}

function settlementRows(context: RuleContext): readonly RuleRow[] {
  const { calendar, date, sessionDay } = context;
  const source = 'KRX KOSPI Market Business Regulation 2026-04-15 art. 7 (T+2)';
  if (!sessionDay) return [];
  return whereKnown(unknownRow('cost.settlement', '결제일', source), () => {
    const paid = settlementDate(calendar, date);
    return [
      row({
        id: 'cost.settlement',
        labelKo: '결제일',
        valueKo: `${paid} (체결일부터 2거래일)`,
        value: paid,
        source,
        status: paid >= '2027-01-01' ? 'S' : 'C',
      }),
    ];
  });
}

/** Commission, exchange fees, tax and settlement date. */
export function costRows(context: RuleContext): readonly RuleRow[] {
  const venues: readonly VenueName[] = nxtOpenOn(context.date) ? ['KRX', 'NXT'] : ['KRX'];
  return [
    ...venues.flatMap((venue) => commissionRow(context, venue)),
    ...venues.flatMap((venue) => exchangeRow(context, venue)),
    ...taxRows(context),
    ...settlementRows(context),
  ];
}
