/** M05 Circuit breaker: an index nears, arms and sets off the breakers of its market (8, 15 and 20 % below the close). */
import type { DetectorParam, Detector } from '../../detector.ts';
import type { IndexEvent } from '../../events.ts';
import { decimal, indexKo, percentOfPpm, withParticle } from '../words.ts';
import { figureReader } from './figures.ts';
import { koreanDay } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'warnPct', labelKo: '경고', labelEn: 'Warning', unit: '%', initial: 5, min: 2, max: 7, step: 0.5 },
  { id: 'armPct', labelKo: '임박', labelEn: 'About to break', unit: '%', initial: 7.5, min: 3, max: 8, step: 0.1 },
  { id: 'levelOnePct', labelKo: '1단계', labelEn: 'Level 1', unit: '%', initial: 8, min: 5, max: 10, step: 0.5 },
  { id: 'levelTwoPct', labelKo: '2단계', labelEn: 'Level 2', unit: '%', initial: 15, min: 10, max: 18, step: 0.5 },
  { id: 'levelThreePct', labelKo: '3단계', labelEn: 'Level 3', unit: '%', initial: 20, min: 15, max: 30, step: 0.5 },
  { id: 'seconds', labelKo: '지속 시간', labelEn: 'Lasting for', unit: '초', initial: 60, min: 1, max: 300, step: 1 },
];
/** So far the index has to come back before it clears, ppm. */
const BACK_PPM = 10_000;
/** Stages: 1 warning, 2 about to break, 3 … 5 the levels, which have to last. */
const FIRST_LEVEL = 3;

class Board {
  readonly market: IndexEvent['market'];
  ppm = 0;
  day = 0;
  stage = 0;
  /** Since when each stage's line has been crossed; 0: it is not. */
  readonly since = new Float64Array(FIRST_LEVEL + 3);
  readonly trail = new Trail(10_000);

  constructor(market: IndexEvent['market']) {
    this.market = market;
  }
}

export const INDEX_BREAKER: Detector = {
  id: 'M05',
  nameKo: '서킷브레이커 단계',
  nameEn: 'Circuit breaker ladder',
  family: 'market',
  severity: 'C',
  plays: ['P2', 'P5', 'P7'],
  inputs: ['index'],
  formulaKo:
    '지수가 전일 종가보다 5 % 내리면 경고, 7.5 % 내리면 임박(위험), 8·15·20 % 이상 내린 상태가 60초 이어지면 단계 도달(심각)이고, 경고선에서 1 %p 되돌아오면 해제합니다.',
  formulaEn:
    'The index is 5 % below the last close: warning; 7.5 %: about to break (both high); 8, 15 or 20 % for 60 s: a level is reached (critical); it clears 1 percentage point above the warning line.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const lastsMs = figure('seconds') * 1_000;
    const ids = ['warnPct', 'armPct', 'levelOnePct', 'levelTwoPct', 'levelThreePct'];
    /** Ascending by stage, ppm below the close. */
    const lines = [0, ...ids.map((id) => Math.round(figure(id) * 10_000))];
    const boards: Record<IndexEvent['market'], Board> = { KOSPI: new Board('KOSPI'), KOSDAQ: new Board('KOSDAQ') };

    const say = (board: Board, stage: number, ts: number): void => {
      const { market, ppm, since, trail } = board;
      board.stage = stage;
      const line = lines[stage] as number;
      const seconds = Math.max(0, ts - (since[stage] as number)) / 1_000;
      const level = stage - FIRST_LEVEL + 1;
      const index = withParticle(indexKo(market), '이/가');
      const what =
        level >= 1
          ? {
              ko: `${decimal(seconds)}초째 이어져 서킷브레이커 ${level}단계(${percentOfPpm(-line)})에 이르렀습니다`,
              en: `has been for ${decimal(seconds)} s: level ${level} of the circuit breaker (${percentOfPpm(-line)}) is reached`,
            }
          : stage === 2
            ? { ko: '서킷브레이커 1단계가 임박했습니다', en: 'level 1 of the circuit breaker is about to be reached' }
            : { ko: '서킷브레이커 경고선을 넘었습니다', en: 'the warning line of the circuit breaker is crossed' };
      mouth.fire({
        subject: market,
        severity: level >= 1 ? 'C' : 'H',
        values: { changePct: ppm / 10_000, linePct: -line / 10_000, seconds, stage, level: Math.max(0, level) },
        sentenceKo: `${index} 전일보다 ${percentOfPpm(-ppm, 2)} 내려 ${what.ko}.`,
        sentenceEn: `${market} is ${percentOfPpm(-ppm, 2)} below the last close; ${what.en}.`,
        picture: trail.picture(ppm / 10_000, -line / 10_000),
      });
    };

    const look = (board: Board, ts: number): void => {
      const { ppm, since } = board;
      let reached = 0;
      for (let stage = 1; stage < lines.length; stage += 1) {
        const crossed = ppm <= -(lines[stage] as number);
        if (!crossed) since[stage] = 0;
        else if (since[stage] === 0) since[stage] = ts;
        if (crossed && (stage < FIRST_LEVEL || ts - (since[stage] as number) >= lastsMs)) reached = stage;
      }
      if (reached > board.stage) say(board, reached, ts);
      else if (board.stage > 0 && ppm > -(lines[1] as number) + BACK_PPM) {
        board.stage = 0;
        mouth.clear(board.market);
      }
    };

    return {
      index: ({ ts, market, ppm }) => {
        if (!Number.isFinite(ppm)) return;
        const board = boards[market];
        const day = koreanDay(ts);
        if (day !== board.day) {
          board.day = day;
          board.since.fill(0);
          if (board.stage > 0) mouth.clear(market);
          board.stage = 0;
        }
        board.ppm = ppm;
        board.trail.add(ts, ppm / 10_000);
        look(board, ts);
      },
      clock: ({ ts }) => {
        // An index that stands below a line says nothing more while its market is halted.
        for (const board of [boards.KOSPI, boards.KOSDAQ])
          if (board.stage > 0 && koreanDay(ts) === board.day) look(board, ts);
      },
    };
  },
};
