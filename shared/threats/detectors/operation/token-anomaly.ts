/** O08 Token anomaly: the broker's access token was issued elsewhere, too often, is refused, or runs out while the market is open. */
import type { TokenEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { RecentTimes, Subjects, subjectOf } from '../recent.ts';
import { TradingTimes } from './trading-times.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'issues', labelKo: '6시간 발급', labelEn: 'Issued in 6 h', unit: '건', initial: 1, min: 1, max: 20, step: 1 },
  {
    id: 'refusals',
    labelKo: '10분 거부',
    labelEn: 'Refused in 10 min',
    unit: '건',
    initial: 2,
    min: 1,
    max: 20,
    step: 1,
  },
  {
    id: 'expiryMinutes',
    labelKo: '만료 전',
    labelEn: 'Before expiry',
    unit: '분',
    initial: 10,
    min: 1,
    max: 120,
    step: 1,
  },
];
const MINUTE_MS = 60_000;
const SIX_HOURS_MS = 6 * 3_600_000;
const REFUSED_MS = 10 * MINUTE_MS;
/** A token from elsewhere holds so long after it was last told of. */
const FOREIGN_MS = 60 * MINUTE_MS;
const CONNECTIONS_KEPT = 64;

type Cause = 'foreign' | 'issued' | 'refused' | 'expires';

/** The tokens of one connection, with the causes that have been said. */
class Own {
  readonly issued = new RecentTimes(64);
  readonly refused = new RecentTimes(64);
  readonly foreign = new RecentTimes(64);
  expiresTs: number | null = null;
  readonly said = new Set<Cause>();
}

export const TOKEN_ANOMALY: Detector = {
  id: 'O08',
  nameKo: '토큰 이상',
  nameEn: 'Token anomaly',
  family: 'security',
  severity: 'C',
  plays: ['P7', 'P10'],
  inputs: ['token'],
  formulaKo:
    '접근토큰이 프로그램 밖에서 발급되거나, 6시간에 1번 넘게 발급되거나, 10분에 2번 거부되면 심각, 장중에 만료까지 10분이 안 남으면 위험이고, 그 상태가 모두 지나면(밖의 발급은 1시간 뒤) 해제합니다.',
  formulaEn:
    'An access token was issued outside the program, or more than once in 6 h, or refused twice in 10 min: critical; less than 10 min to its expiry while the market trades: high; it clears once all have passed (a foreign one after an hour).',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const issues = Math.round(figure('issues'));
    const refusals = Math.round(figure('refusals'));
    const expiryMs = figure('expiryMinutes') * MINUTE_MS;
    const trading = new TradingTimes();
    const connections = new Subjects<Own>(CONNECTIONS_KEPT, () => new Own());

    const words = (cause: Cause, count: number, leftMs: number): { readonly ko: string; readonly en: string } => {
      const left = decimal(leftMs / MINUTE_MS, 1);
      switch (cause) {
        case 'foreign':
          return {
            ko: `마루가 청하지 않은 접근토큰 발급을 증권사가 ${decimal(count)}번 알려 왔습니다. 직접 한 일이 아니면 키가 새었을 수 있습니다.`,
            en: `The broker told of ${decimal(count)} access token(s) that Maru did not ask for; unless it was you, the key may have leaked.`,
          };
        case 'issued':
          return {
            ko: `접근토큰이 6시간에 ${decimal(count)}번 발급됐습니다(선 ${decimal(issues)}번).`,
            en: `The access token was issued ${decimal(count)} times within 6 h (line ${decimal(issues)}).`,
          };
        case 'refused':
          return {
            ko: `증권사가 접근토큰을 10분에 ${decimal(count)}번 거부했습니다(선 ${decimal(refusals)}번).`,
            en: `The broker refused the access token ${decimal(count)} times within 10 min (line ${decimal(refusals)}).`,
          };
        default:
          return leftMs > 0
            ? {
                ko: `장중에 접근토큰이 ${left}분 뒤 만료됩니다.`,
                en: `The access token expires in ${left} min while the market trades.`,
              }
            : {
                ko: '장중인데 접근토큰이 만료됐습니다(0분 남음).',
                en: 'The access token has expired (0 min left) while the market trades.',
              };
      }
    };

    const look = (id: string, own: Own, ts: number): void => {
      const counts: Record<Exclude<Cause, 'expires'>, number> = {
        foreign: own.foreign.after(ts - FOREIGN_MS),
        issued: own.issued.after(ts - SIX_HOURS_MS),
        refused: own.refused.after(ts - REFUSED_MS),
      };
      const leftMs = own.expiresTs === null ? Infinity : own.expiresTs - ts;
      const holds: Record<Cause, boolean> = {
        foreign: counts.foreign > 0,
        issued: counts.issued > issues,
        refused: counts.refused >= refusals,
        expires: leftMs < expiryMs && trading.now(ts) !== 'none',
      };
      const had = own.said.size > 0;
      for (const cause of ['foreign', 'issued', 'refused', 'expires'] as const) {
        if (!holds[cause]) {
          own.said.delete(cause);
          continue;
        }
        if (own.said.has(cause)) continue;
        own.said.add(cause);
        const expires = cause === 'expires';
        const count = expires ? 0 : counts[cause];
        const minutes = Math.max(0, leftMs) / MINUTE_MS;
        const line = { foreign: 1, issued: issues, refused: refusals, expires: expiryMs / MINUTE_MS }[cause];
        const { ko, en } = words(cause, count, leftMs);
        mouth.fire({
          subject: subjectOf(id),
          severity: expires ? 'H' : 'C',
          values: { line, ...(expires ? { minutesLeft: minutes } : { count }) },
          sentenceKo: ko,
          sentenceEn: en,
          picture: { points: [expires ? minutes : count], line },
        });
      }
      if (had && own.said.size === 0) mouth.clear(subjectOf(id));
    };

    const take = (own: Own, { ts, what, expiresTs }: TokenEvent): void => {
      if (what === 'foreign') own.foreign.add(ts);
      else if (what === 'refused') own.refused.add(ts);
      else {
        if (what === 'issued') own.issued.add(ts);
        own.expiresTs = expiresTs !== null && Number.isFinite(expiresTs) ? expiresTs : null;
      }
    };

    return {
      phase: (event) => trading.take(event),
      token: (event) => {
        const id = event.connection ?? 'token';
        const own = connections.of(id);
        take(own, event);
        look(id, own, event.ts);
      },
      clock: ({ ts }) => {
        for (const [id, own] of connections) look(id, own, ts);
      },
    };
  },
};
