/** Rule rows of volatility interruptions, circuit breakers, the sidecar, halts and designations. */
import breakerFacts from '#resources/krx/breakers.json' with { type: 'json' };
import haltFacts from '#resources/krx/halts.json' with { type: 'json' };
import viFacts from '#resources/krx/vi.json' with { type: 'json' };
import type { Interruption, RuleRow } from '../../domain/index.ts';
import { epochMs, kstTimeText, MINUTE_MS, SECOND_MS } from '../../time/index.ts';
import { ALERT_TEXT_FROM, designationEffect } from '../alerts.ts';
import { BREAKER_TEXT_FROM, breakerRules, sidecarRules, type BreakerLevel } from '../breakers.ts';
import { reopening, SINGLE_PRICE_CYCLE_MS, SINGLE_PRICE_REASONS } from '../reopening.ts';
import { row, textKnown, unknownRow, won, type RuleContext, type VenueNow } from './rule-context.ts';
import { tickTable } from '../tick-size.ts';
import {
  VI_DURATION_MS,
  VI_RANDOM_END_MS,
  VI_TEXT_FROM,
  viClassOf,
  viPrices,
  viThresholds,
  type ViClass,
} from '../vi.ts';

const CLASS_KO: Readonly<Record<ViClass, string>> = {
  kospi200: 'KOSPI200 종목',
  general: 'KOSPI200이 아닌 유가증권 종목, 코스닥 종목',
  etpBroad: '시장대표·채권 1배 ETF·ETN',
  etpOther: '그 밖의 ETF·ETN',
  unknown: '모름',
};
const KIND_KO: Readonly<Record<Interruption['kind'], string>> = {
  viStatic: '정적VI',
  viDynamic: '동적VI',
  halt: '매매거래정지',
  circuitBreaker: '서킷브레이커',
  reopening: '재개 단일가',
  extension: '단일가 연장',
};

/** The class of the issue, and why it is that. */
export function viClassOfContext(context: RuleContext): ViClass {
  const { issue, product } = context;
  return viClassOf({
    market: issue.market,
    product,
    kospi200: issue.kospi200,
    etpBroad: issue.etpBroad ?? null,
    multiple: issue.multiple ?? 1,
    override: issue.viClass ?? null,
  });
}

function exemption({ issue }: RuleContext): string | null {
  if (issue.singlePrice) return viFacts.exempt.rules.find(({ id }) => id === 'singlePriceIssue')?.ko ?? null;
  return issue.newListing === true ? (viFacts.exempt.rules.find(({ id }) => id === 'newListing')?.ko ?? null) : null;
}

function thresholdRow(context: RuleContext, now: VenueNow, viClass: ViClass): RuleRow {
  const { date, product } = context;
  const { venue, moment } = now;
  const id = `vi.${venue}`;
  const labelKo = `${venue} VI 발동 기준`;
  const afterMarket = venue === 'KRX' && moment.venuePhase === 'afterMarket';
  const found = viThresholds({ viClass, venue, date, product, afterMarket });
  if (found === null) return unknownRow(id, labelKo, viFacts.source);
  const { continuousPercent, closingPercent, expiryClosingPercent, staticPercent, status } = found;
  const part = (text: string, percent: number | null): string[] => (percent === null ? [] : [`${text} ${percent}%`]);
  const notes = [
    viClass === 'unknown' ? '구성 여부를 몰라 넓은 기준을 적용했습니다.' : '',
    venue === 'NXT' ? 'NXT의 기준은 공개되지 않아 KRX와 같다고 보았습니다.' : '',
    afterMarket ? '애프터마켓의 기준은 확인되지 않아 정규장과 같다고 보았습니다.' : '',
    date < VI_TEXT_FROM ? `이 날짜의 규정 원문은 보지 못해 ${VI_TEXT_FROM}의 규정으로 적었습니다.` : '',
  ].filter((note) => note !== '');
  return row({
    id,
    labelKo,
    valueKo: [
      ...part('동적 접속매매', continuousPercent),
      ...part('동적 종가', closingPercent),
      ...part('동적 파생 만기일 종가(기초주권)', expiryClosingPercent === closingPercent ? null : expiryClosingPercent),
      ...part('정적', staticPercent),
    ].join(' · '),
    value: [{ viClass: found.takenAs, continuousPercent, closingPercent, expiryClosingPercent, staticPercent }],
    source: viFacts.source,
    date: null,
    status,
    noteKo: notes.length === 0 ? null : notes.join(' '),
  });
}

/** Prices of the running market, or those that follow from the base price before the first trade. */
function priceRow(context: RuleContext, viClass: ViClass): RuleRow | null {
  const { live, issue, date, product, base } = context;
  const id = 'vi.prices';
  const labelKo = 'VI 발동 가격';
  if (live) {
    const { viUp, viDown } = live.krx;
    if (viUp === null && viDown === null) return null;
    return row({
      id,
      labelKo,
      valueKo: [viUp === null ? '' : `${won(viUp)} 이상`, viDown === null ? '' : `${won(viDown)} 이하`]
        .filter((t) => t !== '')
        .join(' · '),
      value: [{ up: viUp, down: viDown }],
      source: 'the running market',
      status: viClass === 'unknown' ? 'U' : 'D',
    });
  }
  const percent = viThresholds({ viClass, venue: 'KRX', date, product })?.staticPercent ?? null;
  if (percent === null) return null;
  let table;
  try {
    table = tickTable(issue.market, date, product);
  } catch {
    return null;
  }
  const { up, down } = viPrices({ reference: base, percent, table, market: issue.market });
  return row({
    id,
    labelKo: '정적VI 발동 가격(시가 전)',
    valueKo: `기준가격에서 ${won(up)} 이상 · ${won(down)} 이하`,
    value: [{ up, down }],
    source: viFacts.source,
    status: date < VI_TEXT_FROM ? 'U' : 'D',
    noteKo: '시가가 정해지기 전의 값입니다. 그 뒤에는 가장 최근 단일가 가격에서 셉니다.',
  });
}

/** Class, thresholds and prices of volatility interruptions. */
export function viRows(context: RuleContext): readonly RuleRow[] {
  const viClass = viClassOfContext(context);
  const { issue, krx, nxt, date } = context;
  const given = issue.viClass !== undefined && issue.viClass !== null && issue.viClass !== 'unknown';
  const none = exemption(context);
  const seconds = `${VI_DURATION_MS / MINUTE_MS}분 단일가, 끝은 ${VI_RANDOM_END_MS / SECOND_MS}초까지 늦어질 수 있음`;
  const known = textKnown(date, { from: VI_TEXT_FROM, status: 'C' });
  const rows: (RuleRow | null)[] = [
    row({
      id: 'vi.class',
      labelKo: 'VI 구분',
      valueKo: given ? `${CLASS_KO[viClass]} (사용자가 정함)` : CLASS_KO[viClass],
      value: viClass,
      source: given ? 'the user' : viFacts.source,
      status: viClass === 'unknown' ? 'U' : given ? 'D' : 'C',
      noteKo: viClass === 'unknown' ? 'KOSPI200 구성이나 ETF의 지수를 모릅니다. 종목별로 직접 정할 수 있습니다.' : null,
    }),
  ];
  if (none !== null) {
    rows.push(
      row({
        id: 'vi.exempt',
        labelKo: 'VI 제외',
        valueKo: none,
        value: true,
        source: viFacts.exempt.source,
        status: viFacts.exempt.status,
      }),
    );
    return rows.filter((each) => each !== null);
  }
  for (const now of [krx, nxt]) if (now !== null) rows.push(thresholdRow(context, now, viClass));
  rows.push(
    priceRow(context, viClass),
    row({
      id: 'vi.duration',
      labelKo: 'VI 길이',
      valueKo: seconds,
      value: VI_DURATION_MS / SECOND_MS,
      source: viFacts.source,
      ...known,
    }),
  );
  return rows.filter((each) => each !== null);
}

function levelText(level: BreakerLevel): string {
  const drop = `지수 −${level.dropPpm / 10_000}%`;
  const further = level.furtherPpm > 0 ? `, 앞 단계 발동 때보다 ${level.furtherPpm / 10_000}% 더` : '';
  if (level.haltMs === null || level.auctionMs === null) return `${drop}${further} → 장 종료`;
  return `${drop}${further} → ${level.haltMs / MINUTE_MS}분 정지, ${level.auctionMs / MINUTE_MS}분 단일가`;
}

function breakerStateRow({ live, issue }: RuleContext): RuleRow | null {
  const state = live?.market ?? null;
  if (state === null) return null;
  const { breaker, breakersUsed, sidecar, indexChangePpm } = state;
  const words = [
    indexChangePpm === null ? '지수를 모름' : `지수 ${(indexChangePpm / 10_000).toFixed(2).replace('-', '−')}%`,
    breaker === null ? '발동 없음' : `${breaker.level}단계 발동 중`,
    breakersUsed.length === 0 ? '' : `오늘 발동: ${breakersUsed.join(', ')}단계`,
    sidecar === null ? '' : `${NAME_OF_SIDE[sidecar.side]} 사이드카 ${kstTimeText(epochMs(sidecar.untilTs))}까지`,
  ].filter((word) => word !== '');
  return row({
    id: 'breaker.now',
    labelKo: `${issue.market} 지금`,
    valueKo: words.join(' · '),
    value: [
      { indexChangePpm, level: breaker?.level ?? null, used: breakersUsed.join(','), sidecar: sidecar?.side ?? null },
    ],
    source: 'the running market',
    status: 'D',
  });
}
const NAME_OF_SIDE = { buy: '매수', sell: '매도' } as const;

/** Circuit breaker and sidecar of the issue's market. */
export function breakerRows(context: RuleContext): readonly RuleRow[] {
  const { issue, date } = context;
  const rows: (RuleRow | null)[] = [breakerStateRow(context)];
  const rules = breakerRules(issue.market, date);
  const label = (level: number): string => `서킷브레이커 ${level}단계`;
  if (rules === null) rows.push(unknownRow('breaker.level1', label(1), breakerFacts.circuitBreaker.source));
  const known = textKnown(date, { from: BREAKER_TEXT_FROM, status: breakerFacts.circuitBreaker.status });
  for (const level of rules?.levels ?? []) {
    const late =
      rules?.notAfterLevels.includes(level.level) === true ? ' (정규장 마감 40분 전부터는 발동하지 않음)' : '';
    rows.push(
      row({
        id: `breaker.level${level.level}`,
        labelKo: label(level.level),
        valueKo: `${levelText(level)}${late}`,
        value: [{ ...level, sustainMs: rules?.sustainMs ?? null }],
        source: breakerFacts.circuitBreaker.source,
        ...known,
      }),
    );
  }
  const sidecar = sidecarRules(issue.market, date);
  if (sidecar !== null) {
    const spot = sidecar.spotPpm === null ? '' : `이고 지수 ±${sidecar.spotPpm / 10_000}%`;
    rows.push(
      row({
        id: 'breaker.sidecar',
        labelKo: '사이드카',
        valueKo: `${sidecar.index} 선물 ±${sidecar.futuresPpm / 10_000}%${spot}, 1분 지속 → 그쪽 프로그램매매 ${sidecar.freezeMs / MINUTE_MS}분 정지`,
        value: [
          {
            index: sidecar.index,
            futuresPpm: sidecar.futuresPpm,
            spotPpm: sidecar.spotPpm,
            freezeMs: sidecar.freezeMs,
          },
        ],
        source: sidecar.source,
        ...textKnown(date, { from: BREAKER_TEXT_FROM, status: breakerFacts.sidecar.status }),
      }),
    );
  }
  return rows.filter((each) => each !== null);
}

function interruptionRow(now: VenueNow): RuleRow | null {
  const held = now.live?.interruption ?? null;
  if (held === null) return null;
  const until = held.untilTs === null ? '끝나는 시각을 모름' : `${kstTimeText(epochMs(held.untilTs))}까지`;
  return row({
    id: `halt.${now.venue}.now`,
    labelKo: `${now.venue} 지금`,
    valueKo: [KIND_KO[held.kind], held.level === null ? '' : `${held.level}단계`, until, held.note]
      .filter((t) => t !== '')
      .join(' · '),
    value: held.kind,
    source: 'the running market',
    status: 'D',
  });
}

/** What holds the issue up now, how it opens again, its designations and single prices. */
export function haltRows(context: RuleContext): readonly RuleRow[] {
  const { krx, nxt, issue, date } = context;
  const rows: (RuleRow | null)[] = [];
  for (const now of [krx, nxt]) {
    if (now === null) continue;
    rows.push(interruptionRow(now));
    const after = reopening({ venue: now.venue, after: 'circuitBreaker', date });
    rows.push(
      row({
        id: `halt.${now.venue}.reopening`,
        labelKo: `${now.venue} 재개 단일가`,
        valueKo: after.auctionMs === 0 ? '모름' : `${after.auctionMs / SECOND_MS}초`,
        value: after.auctionMs === 0 ? null : after.auctionMs / SECOND_MS,
        source: after.source,
        ...(now.venue === 'KRX'
          ? textKnown(date, { from: haltFacts.textKnownFrom, status: after.status })
          : { status: after.status }),
      }),
    );
  }
  if (issue.singlePrice) {
    const why = SINGLE_PRICE_REASONS.find(({ reason }) => reason === issue.singlePrice)?.ko ?? issue.singlePrice;
    rows.push(
      row({
        id: 'halt.singlePrice',
        labelKo: '단일가매매',
        valueKo: `${why}: ${SINGLE_PRICE_CYCLE_MS / MINUTE_MS}분마다 단일가`,
        value: issue.singlePrice,
        source: haltFacts.singlePrice.source,
        ...textKnown(date, { from: haltFacts.textKnownFrom, status: haltFacts.singlePrice.status }),
      }),
    );
  }
  for (const designation of issue.designations ?? []) {
    const effect = designationEffect(designation);
    const words = [
      effect.singlePrice ? '30분 단일가' : '',
      effect.marginPercent === null ? '' : `증거금 ${effect.marginPercent}%`,
      effect.credit ? '' : '신용 불가',
      effect.collateral ? '' : '대용 불가',
    ].filter((word) => word !== '');
    rows.push(
      row({
        id: `halt.${designation}`,
        labelKo: effect.ko,
        valueKo: words.length === 0 ? '거래 방법은 그대로' : words.join(' · '),
        value: true,
        source: 'resources/krx/alerts.json',
        ...textKnown(date, { from: ALERT_TEXT_FROM, status: effect.status }),
      }),
    );
  }
  return rows.filter((each) => each !== null);
}
