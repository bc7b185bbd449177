/** M18 Issue warnings: an issue is, or becomes, managed, warned of, overheated or halted. */
import type { Detector, DetectorParam } from '../../detector.ts';
import type { IssueEvent } from '../../events.ts';
import { figureReader } from './figures.ts';
import { Issues, type Seat } from './issues.ts';

type Flag = IssueEvent['flags'][number];

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'level',
    labelKo: '알릴 단계(1 투자주의부터, 2 투자경고부터, 3 관리·투자위험·거래정지만)',
    labelEn: 'From which level (1 caution, 2 warning, 3 managed, danger and halts only)',
    unit: '',
    initial: 2,
    min: 1,
    max: 3,
    step: 1,
  },
];
const FLAGS: Readonly<Record<Flag, { readonly level: number; readonly ko: string; readonly en: string }>> = {
  caution: { level: 1, ko: '투자주의', en: 'investment caution' },
  warning: { level: 2, ko: '투자경고', en: 'investment warning' },
  overheated: { level: 2, ko: '단기과열', en: 'short-term overheating' },
  managed: { level: 3, ko: '관리종목', en: 'managed issue' },
  danger: { level: 3, ko: '투자위험', en: 'investment danger' },
  halted: { level: 3, ko: '거래정지', en: 'trading halt' },
};
const NAMES = Object.keys(FLAGS) as Flag[];

/** A halt is judged so much later, with those that came at the same time. */
const TOGETHER_MS = 1_000;
/** So many halts at once, and more than half of a market, are one of the market. */
const MANY = 2;
/** An index that has fallen so far, ppm, may have halted its market. */
const BREAKER_PPM = -78_000;

class Own {
  /** Flags (bits) that count and hold. */
  flags = 0;
  /** The exchange has halted it during the day, on its own; when it was told so (0: no, or it is judged). */
  halted = false;
  haltTs = 0;
  /** Its flags have been seen today. */
  seen = false;
}

export const ISSUE_WARNING: Detector = {
  id: 'M18',
  nameKo: '시장경보 종목',
  nameEn: 'Issue under warning',
  family: 'market',
  severity: 'H',
  plays: ['P6'],
  inputs: ['issue'],
  formulaKo:
    '보유·관심 종목에 관리·투자경고·투자위험·단기과열·거래정지 표시가 있거나 새로 붙으면 알리고(다른 종목은 장중에 바뀔 때만 알림), 모두 없어지면 해제하며, 시장 전체가 멈춘 것은 보지 않습니다.',
  formulaEn:
    'A followed issue is marked managed, warning, danger, overheated or halted, or gets such a mark (other issues: a note when it changes during the day); it clears once none is left; a halt of the whole market does not count.',
  warmUpKo: '없음(다른 종목은 그날의 첫 표시를 본 뒤).',
  warmUpEn: "None (other issues: after the day's first marks).",
  params: PARAMS,
  watch(figures, mouth) {
    const least = figureReader(PARAMS, figures)('level');
    const issues = new Issues<Own>(mouth, () => new Own());
    const bitsOf = (flags: IssueEvent['flags'], halted: boolean): number =>
      NAMES.reduce(
        (bits, name, i) =>
          FLAGS[name].level >= least && (flags.includes(name) || (name === 'halted' && halted))
            ? bits | (1 << i)
            : bits,
        0,
      );

    const look = (seat: Seat<Own>, speaks: boolean): void => {
      const { own } = seat;
      const bits = bitsOf(seat.issue.flags, own.halted);
      const added = bits & ~own.flags;
      own.flags = bits;
      if (bits === 0) issues.lower(seat);
      if (added === 0 || !speaks) return;
      const held = NAMES.filter((_, i) => (bits & (1 << i)) !== 0);
      const fresh = NAMES.filter((_, i) => (added & (1 << i)) !== 0);
      const of = (names: readonly Flag[], language: 'ko' | 'en'): string =>
        names.map((name) => FLAGS[name][language]).join(language === 'ko' ? '·' : ', ');
      issues.raise(seat, seat.stage + 1, 'H', {
        values: { flags: held.length, added: fresh.length, level: Math.max(...held.map((name) => FLAGS[name].level)) },
        sentenceKo: `${seat.name}에 ${of(fresh, 'ko')} 표시가 있습니다(지금 ${held.length}개: ${of(held, 'ko')}).`,
        sentenceEn: `${seat.name} is marked: ${of(fresh, 'en')} (${held.length} now: ${of(held, 'en')}).`,
        picture: { points: [], line: null },
      });
    };

    /** Issues whose halt has not been judged yet. */
    const indices = new Map<string, number>();
    let halts: Seat<Own>[] = [];

    /** true where a market as a whole was halted: that is no mark of an issue. */
    const whole = (market: IssueEvent['market'], together: readonly Seat<Own>[]): boolean => {
      const count = together.filter(({ issue }) => issue.market === market).length;
      let all = 0;
      for (const { issue } of issues.all()) if (issue.market === market) all += 1;
      if (issues.phaseOf('KRX') === 'halted' || (indices.get(market) ?? 0) <= BREAKER_PPM) return true;
      return count >= MANY && count * 2 > all;
    };

    const judgeHalts = (ts: number): void => {
      const ripe = halts.filter(({ own }) => own.haltTs > 0 && ts - own.haltTs > TOGETHER_MS);
      halts = halts.filter((seat) => seat.own.haltTs > 0 && ts - seat.own.haltTs <= TOGETHER_MS);
      const wholes = new Set(
        [...new Set(ripe.map(({ issue }) => issue.market))].filter((market) => whole(market, ripe)),
      );
      for (const seat of ripe) {
        seat.own.haltTs = 0;
        if (wholes.has(seat.issue.market)) continue;
        seat.own.halted = true;
        look(seat, true);
      }
    };

    return {
      issue: (event) => {
        const seat = issues.learn(event);
        if (!seat) return;
        const speaks = event.followed || seat.own.seen;
        seat.own.seen = true;
        look(seat, speaks);
      },
      phase: (event) => {
        issues.phase(event);
        const seat = event.id !== null && event.venue === 'KRX' ? issues.get(event.id) : undefined;
        if (!seat) return;
        if (event.phase === 'halted') {
          if (seat.own.haltTs === 0 && !seat.own.halted) halts.push(seat);
          seat.own.haltTs = event.ts;
        } else {
          seat.own.halted = false;
          seat.own.haltTs = 0;
          look(seat, false);
        }
      },
      index: ({ market, ppm }) => void indices.set(market, ppm),
      clock: ({ ts }) => {
        if (halts.length > 0) judgeHalts(ts);
      },
    };
  },
};
