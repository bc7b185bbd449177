/** `market check`: the figures of a market file beside the bands of a market that behaves. */
import { resolve } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import {
  dailyStatistics,
  insideBand,
  judgeBands,
  LEAST_DAYS,
  MARKET_BANDS,
  minuteStatistics,
  type BandVerdict,
  type Figures,
  type MarketBand,
} from '#shared/exchange/index.ts';
import type { Command } from '../command.ts';
import { readMarketFile, type MarketFileRow } from '../market-file.ts';
import { facts, table, type Cell } from '../table.ts';

/** What the figures are, in words. */
const WORDS: Readonly<Record<string, string>> = {
  KURT: '일간 수익률의 초과 첨도',
  ACF1: '수익률의 1일 자기상관(크기)',
  ACF_ABS: '변동 크기의 자기상관, 1~10일 평균',
  ACF_ABS_SLOW: '변동 크기의 자기상관, 50일',
  LEV: '레버리지: 수익률과 다음 날 변동',
  TAIL: '꼬리 지수(큰 변동 5%)',
  SKEW: '왜도',
  AGG: '20일 수익률의 초과 첨도',
  OVERNIGHT: '변동 가운데 장 시작 전의 몫',
  VOLVOL: '거래대금의 1일 자기상관',
  KURT_1M: '1분 수익률의 초과 첨도',
  USHAPE: '첫 30분의 거래대금 몫(%)',
  LUNCH: '12:00-12:30의 거래대금 몫(%)',
  LAST_30M: '접속매매 마지막 30분의 거래대금 몫(%)',
  CLOSE_AUCTION: '종가 단일가의 거래대금 몫(%)',
};
const STATUS: Readonly<Record<string, string>> = { C: '확인', D: '계산', U: '미확인' };

/** Days of an issue's minutes. */
function daysOf(rows: readonly MarketFileRow[]): MarketFileRow[][] {
  const days = new Map<string, MarketFileRow[]>();
  for (const row of rows) {
    const day = days.get(row.date);
    if (day) day.push(row);
    else days.set(row.date, [row]);
  }
  return [...days.values()];
}

/** A day's row of its minutes. */
function wholeDay(minutes: readonly MarketFileRow[]): MarketFileRow {
  const traded = minutes.filter((row) => row.volume > 0);
  const first = (traded[0] ?? minutes[0]) as MarketFileRow;
  return {
    ...first,
    high: Math.max(...traded.map((row) => row.high), 0),
    low: traded.length === 0 ? 0 : Math.min(...traded.map((row) => row.low)),
    close: (traded.at(-1) ?? first).close,
    volume: traded.reduce((sum, row) => sum + row.volume, 0),
    value: traded.reduce((sum, row) => sum + row.value, 0),
  };
}

function figuresOf(rows: readonly MarketFileRow[], kind: 'daily' | 'minute'): Figures {
  if (kind === 'daily') return { ...dailyStatistics(rows) };
  const days = daysOf(rows);
  return { ...minuteStatistics(days), ...dailyStatistics(days.map(wholeDay)) };
}

function round(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}

function bandText(band: MarketBand): string {
  const bounds = band.low === null && band.high === null ? '' : `${band.low ?? ''} ~ ${band.high ?? ''}`;
  if (band.below === undefined) return bounds;
  const below = band.below === 'ACF_ABS_5' ? '5일의 값 아래' : '일간 값 아래';
  return bounds === '' ? below : `0 초과, ${below}`;
}

function lineOf({ band, median, judged, inside, met }: BandVerdict): readonly Cell[] {
  const verdict = met === null ? '판정 못 함' : met ? '안' : '밖';
  return [
    band.id,
    WORDS[band.id] ?? '',
    median === null ? '—' : String(Math.round(median * 1_000) / 1_000),
    bandText(band),
    `${inside}/${judged}`,
    verdict,
    STATUS[band.status] ?? band.status,
  ];
}

export const marketCheck: Command = {
  name: 'market check',
  summary: '일별 시세나 분봉 파일의 통계를 실제 시장의 범위와 견줍니다.',
  takes: 'FILE.csv',
  options: {},
  run({ args, world, result }) {
    const [name, ...others] = args;
    if (name === undefined || others.length > 0)
      throw new AppError('INPUT_INVALID', { where: 'FILE.csv', why: '시세 파일 하나를 적으세요.' });
    const path = resolve(world.cwd, name);
    const file = readMarketFile(path);
    const issues = [...file.issues].map(([code, rows]) => ({
      code,
      rows: rows.length,
      figures: figuresOf(rows, file.kind),
    }));
    const all = issues.map((issue) => issue.figures);
    const scopes = file.kind === 'daily' ? (['daily'] as const) : (['minute', 'daily'] as const);
    const verdicts = scopes.flatMap((scope) => judgeBands(all, scope));
    const dates = [...file.issues.values()].flatMap((rows) => [rows[0]?.date ?? '', rows.at(-1)?.date ?? '']).sort();
    const report = {
      file: path,
      kind: file.kind,
      issues: issues.length,
      rows: file.rows,
      from: dates[0] ?? '',
      to: dates.at(-1) ?? '',
      bands: verdicts.map(({ band, median, judged, inside, met }) => ({
        id: band.id,
        low: band.low,
        high: band.high,
        below: band.below ?? null,
        askedPct: band.asked,
        status: band.status,
        source: band.source,
        median: round(median),
        judged,
        inside,
        met,
      })),
      byIssue: issues.map(({ code, rows, figures }) => ({
        code,
        rows,
        figures: Object.fromEntries(Object.entries(figures).map(([id, value]) => [id, round(value)])),
        inside: Object.fromEntries(
          MARKET_BANDS.filter((band) => (scopes as readonly string[]).includes(band.scope)).map((band) => [
            band.id,
            insideBand(band, figures),
          ]),
        ),
      })),
      met: verdicts.some((verdict) => verdict.met !== null) && verdicts.every((verdict) => verdict.met !== false),
    };
    result(report, () => {
      const head = facts([
        ['파일', file.kind === 'daily' ? '일별 시세' : '분봉'],
        ['종목', report.issues],
        ['줄', report.rows],
        ['기간', `${report.from} ~ ${report.to}`],
      ]);
      const columns = ['통계', '뜻', '가운데 값', '범위', '범위 안 종목', '판정', '근거'];
      const note = `일간 통계는 ${LEAST_DAYS}일부터 판정합니다. 범위 안 종목이 80% 이상이면 '안'입니다.`;
      return `${head}\n\n${table(columns, verdicts.map(lineOf))}\n\n${note}`;
    });
    return Promise.resolve(undefined);
  },
};
