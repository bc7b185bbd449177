/** M03 Static VI: the price nears, or has gone beyond, what sets off a static volatility interruption. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent, withParticle } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'warnPct', labelKo: '근접 경고', labelEn: 'Warning', unit: '%', initial: 8.5, min: 5, max: 9.9, step: 0.1 },
  { id: 'hitPct', labelKo: '발동', labelEn: 'Hit', unit: '%', initial: 10, min: 5, max: 15, step: 0.5 },
];
/** So far the price has to come back before it clears, and at least so many steps: one that goes to and fro is told once. */
const BACK = 0.035;
const BACK_STEPS = 3;
/** An interruption lasts two minutes and a little: after so long its end was not told. */
const LOST_END_MS = 300_000;
const NEAR = 1;
const HIT = 2;

class Own {
  /** An interruption goes on; since when. */
  on = false;
  onTs = 0;
  reference = 0;
  /** How far from this reference a warning was told, as a part of it: only what goes further is told again. */
  told = 0;
  readonly trail = new Trail(10_000);
}

export const STATIC_VI: Detector = {
  id: 'M03',
  nameKo: '정적 VI 근접·발동',
  nameEn: 'Static VI approach or hit',
  family: 'market',
  severity: 'H',
  plays: ['P4'],
  inputs: ['issue', 'trade'],
  formulaKo:
    '접속매매 체결가가 정적 VI 참조가격에서 8.5 % 이상 벗어나면 주의, 10 % 이상이거나 정적 VI가 발동되면 위험입니다(KRX 정규장 밖에서는 한 단계씩 낮게). 3.5 %p(적어도 3호가) 되돌아오고 VI가 끝나면 해제하며, 같은 참조가격의 주의는 더 멀어졌을 때만 다시 알립니다.',
  formulaEn:
    'A trade of continuous trading at least 8.5 % from the static VI reference warns, at least 10 % or a static VI is a hit (outside the regular session of KRX each is one severity less); it clears 3.5 percentage points (at least 3 ticks) back once the VI is over, and a warning at the same reference is told again only further away.',
  warmUpKo: '없음(참조가격을 알면 바로 봅니다).',
  warmUpEn: 'None (it looks as soon as the reference price is known).',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const warn = figure('warnPct') / 100;
    const hit = Math.max(warn, figure('hitPct') / 100);
    const issues = new Issues<Own>(mouth, () => new Own());
    const reference = ({ issue }: Seat<Own>): number =>
      issue.staticViPpm > 0 && usable(issue.viReference) ? issue.viReference : 0;

    // The thin trading around the regular session moves far on little.
    const severityOf = (stage: number): 'L' | 'M' | 'H' => {
      const regular = (issues.phaseOf('KRX') ?? 'continuous') === 'continuous';
      if (stage === HIT) return regular ? 'H' : 'M';
      return regular ? 'M' : 'L';
    };

    const say = (seat: Seat<Own>, price: number, from: number): void => {
      const move = price / from - 1;
      const size = Math.abs(move);
      const stage = size >= hit ? HIT : NEAR;
      if (stage <= seat.stage || (stage === NEAR && size <= seat.own.told)) return;
      seat.own.told = size;
      const way = move > 0 ? ['높아', 'above'] : ['낮아', 'below'];
      const what =
        stage === HIT ? ['발동 폭에 이르렀습니다', 'has reached'] : ['발동 폭에 다가섰습니다', 'is close to'];
      issues.raise(seat, stage, severityOf(stage), {
        values: { movePct: move * 100, price, reference: from, hitPct: hit * 100 },
        sentenceKo: `${withParticle(seat.name, '이/가')} 참조가격보다 ${percent(size)} ${way[0]} 정적 VI ${what[0]}(발동 ${percent(hit)}).`,
        sentenceEn: `${seat.name} is ${percent(size)} ${way[1]} its reference price and ${what[1]} the static VI (${percent(hit)}).`,
        picture: seat.own.trail.picture(price, from * (1 + (move > 0 ? 1 : -1) * (stage === HIT ? hit : warn))),
      });
    };

    const look = (seat: Seat<Own>, price: number): void => {
      const from = reference(seat);
      const apart = Math.abs(price - from);
      if (from > 0 && apart >= warn * from) say(seat, price, from);
      else if (seat.stage > 0 && !seat.own.on && apart < warn * from - Math.max(BACK * from, BACK_STEPS * seat.tick))
        issues.lower(seat);
    };

    return {
      phase: (event) => issues.phase(event),
      issue: (event) => {
        const seat = issues.learn(event);
        if (!seat) return;
        const from = reference(seat);
        // A new reference after a VI: the old distance holds no more.
        if (from !== seat.own.reference) {
          if (!seat.own.on) issues.lower(seat);
          seat.own.told = 0;
        }
        seat.own.reference = from;
      },
      trade: ({ id, ts, price, venue }) => {
        const seat = issues.get(id);
        if (!seat || !usable(price) || !seat.openOn(venue) || ts <= seat.openedOf(venue)) return;
        seat.own.trail.add(ts, price);
        if (seat.own.on && ts - seat.own.onTs > LOST_END_MS) seat.own.on = false;
        look(seat, price);
      },
      vi: ({ id, ts, on, cause }) => {
        const seat = issues.get(id);
        if (!seat) return;
        if (!on) {
          seat.own.on = false;
          // Else the next trade, or the new reference, tells whether it is over.
          if (reference(seat) === 0) issues.lower(seat);
          return;
        }
        if (cause === 'dynamic') return;
        seat.own.on = true;
        seat.own.onTs = ts;
        const from = reference(seat);
        issues.raise(seat, HIT, severityOf(HIT), {
          values: { on: 1, reference: from, hitPct: hit * 100 },
          sentenceKo: `${seat.name}에 정적 VI가 발동되어 2분 단일가 매매로 바뀝니다(참조가격 ${decimal(from)}원).`,
          sentenceEn: `A static VI was set off in ${seat.name} (reference price KRW ${decimal(from)}): it trades by auction for two minutes.`,
          picture: seat.own.trail.picture(NaN, from > 0 ? from : NaN),
        });
      },
    };
  },
};
