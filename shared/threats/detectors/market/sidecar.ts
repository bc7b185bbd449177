/** M06 Sidecar: index futures have moved so far, for so long, that program orders are held. */
import type { Detector, DetectorParam } from '../../detector.ts';
import type { FuturesEvent } from '../../events.ts';
import { decimal, percentOfPpm } from '../words.ts';
import { figureReader } from './figures.ts';
import { koreanDay } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'kospiPct',
    labelKo: '코스피200 선물',
    labelEn: 'KOSPI 200 futures',
    unit: '%',
    initial: 5,
    min: 1,
    max: 10,
    step: 0.5,
  },
  {
    id: 'kosdaqPct',
    labelKo: '코스닥150 선물',
    labelEn: 'KOSDAQ 150 futures',
    unit: '%',
    initial: 6,
    min: 1,
    max: 10,
    step: 0.5,
  },
  { id: 'seconds', labelKo: '지속 시간', labelEn: 'Lasting for', unit: '초', initial: 60, min: 1, max: 300, step: 1 },
];
/** So far the futures have to come back before it clears, ppm. */
const BACK_PPM = 5_000;

class Board {
  ppm = 0;
  day = 0;
  /** 1 above the line, -1 below, 0 between; since when. */
  side = 0;
  since = 0;
  fired = false;
  readonly trail = new Trail(10_000);
  readonly market: FuturesEvent['market'];
  readonly line: number;

  constructor(market: FuturesEvent['market'], line: number) {
    this.market = market;
    this.line = line;
  }
}

export const SIDECAR: Detector = {
  id: 'M06',
  nameKo: '사이드카',
  nameEn: 'Sidecar',
  family: 'market',
  severity: 'M',
  plays: ['P1'],
  inputs: ['futures'],
  formulaKo:
    '코스피200 선물이 기준가보다 5 %(코스닥150 선물은 6 %) 이상 오르거나 내린 상태가 60초 이어지면 알리고, 0.5 %p 되돌아오면 해제합니다.',
  formulaEn:
    'KOSPI 200 futures are 5 % (KOSDAQ 150 futures 6 %) above or below their base for 60 s; it clears once they are 0.5 percentage points back.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const lastsMs = figure('seconds') * 1_000;
    const boards: Record<FuturesEvent['market'], Board> = {
      KOSPI: new Board('KOSPI', Math.round(figure('kospiPct') * 10_000)),
      KOSDAQ: new Board('KOSDAQ', Math.round(figure('kosdaqPct') * 10_000)),
    };

    const say = ({ market, ppm, line, since, trail, side }: Board, ts: number): void => {
      const seconds = (ts - since) / 1_000;
      const kospi = market === 'KOSPI';
      const [wayKo, wayEn, heldKo, heldEn] =
        side > 0 ? ['올라', 'up', '매수', 'buy'] : ['내려', 'down', '매도', 'sell'];
      mouth.fire({
        subject: market,
        severity: 'M',
        values: { changePct: ppm / 10_000, linePct: (side * line) / 10_000, seconds, side },
        sentenceKo: `${kospi ? '코스피200' : '코스닥150'} 선물이 ${decimal(seconds)}초째 ${percentOfPpm(Math.abs(ppm), 2)} ${wayKo} 사이드카(프로그램 ${heldKo} 호가 효력 정지) 요건 ${percentOfPpm(line)}를 채웠습니다.`,
        sentenceEn: `${kospi ? 'KOSPI 200' : 'KOSDAQ 150'} futures have been ${wayEn} ${percentOfPpm(Math.abs(ppm), 2)} for ${decimal(seconds)} s: the sidecar (${percentOfPpm(line)}) holds program ${heldEn} orders.`,
        picture: trail.picture(ppm / 10_000, (side * line) / 10_000),
      });
    };

    const look = (board: Board, ts: number): void => {
      const { ppm, line } = board;
      const side = ppm >= line ? 1 : ppm <= -line ? -1 : 0;
      if (side !== board.side) {
        board.side = side;
        board.since = ts;
      }
      if (!board.fired && side !== 0 && ts - board.since >= lastsMs) {
        board.fired = true;
        say(board, ts);
      } else if (board.fired && Math.abs(ppm) < line - BACK_PPM) {
        board.fired = false;
        mouth.clear(board.market);
      }
    };

    return {
      futures: ({ ts, market, ppm }) => {
        if (!Number.isFinite(ppm)) return;
        const board = boards[market];
        const day = koreanDay(ts);
        if (day !== board.day) {
          board.day = day;
          board.side = 0;
          if (board.fired) mouth.clear(market);
          board.fired = false;
        }
        board.ppm = ppm;
        board.trail.add(ts, ppm / 10_000);
        look(board, ts);
      },
      clock: ({ ts }) => {
        for (const board of [boards.KOSPI, boards.KOSDAQ])
          if (board.side !== 0 && koreanDay(ts) === board.day) look(board, ts);
      },
    };
  },
};
