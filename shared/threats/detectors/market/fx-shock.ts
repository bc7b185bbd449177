/** M16 FX shock: the won moves within two hours as it otherwise does in days. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent } from '../words.ts';
import { figureReader } from './figures.ts';
import { usable } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'pct',
    labelKo: '2시간 변동',
    labelEn: 'Move within 2 hours',
    unit: '%',
    initial: 1.5,
    min: 0.3,
    max: 10,
    step: 0.1,
  },
  {
    id: 'sd',
    labelKo: '평소 2시간 변동의 배수',
    labelEn: 'Times the usual 2-hour move',
    unit: 'sd',
    initial: 3,
    min: 2,
    max: 10,
    step: 0.5,
  },
  {
    id: 'minPct',
    labelKo: '배수로 알릴 최소 변동',
    labelEn: 'Least move for the multiple',
    unit: '%',
    initial: 1,
    min: 0.2,
    max: 5,
    step: 0.1,
  },
];
const MINUTE_MS = 60_000;
const MINUTES = 120;
/** Minutes learnt from before the multiple counts, and the weight of the newest one. */
const WARM_UP = 60;
const WEIGHT = 0.01;
/** One minute moves the usual size by no more than so many times itself: a shock is not what is usual. */
const MOST_TIMES = 2;
const BACK = 0.7;
const SUBJECT = 'USDKRW';

export const FX_SHOCK: Detector = {
  id: 'M16',
  nameKo: '환율 충격',
  nameEn: 'FX shock',
  family: 'market',
  severity: 'H',
  plays: ['P2'],
  inputs: ['fx'],
  formulaKo:
    '원/달러 환율이 지난 2시간의 고점·저점에서 1.5 %보다 많이, 또는 1 %보다 많고 평소 2시간 변동(1분 변동의 EWMA × √120)의 3배보다 많이 움직이면 알리고, 그 70 % 아래로 줄면 해제합니다.',
  formulaEn:
    'USD/KRW has moved from its low or high of 2 hours by more than 1.5 %, or by more than 1 % and 3 times its usual 2-hour move (EWMA of minutes × √120); it clears below 70 % of that.',
  warmUpKo: '배수는 환율이 있는 60분, 1.5 %는 없음.',
  warmUpEn: '60 minutes with rates for the multiple, none for the 1.5 %.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const most = figure('pct') / 100;
    const mostSd = figure('sd');
    const leastForSd = figure('minPct') / 100;
    const lows = new Float64Array(MINUTES);
    const highs = new Float64Array(MINUTES);
    const minutes = new Float64Array(MINUTES).fill(-1);
    const trail = new Trail(2 * MINUTE_MS);
    let minute = -1;
    let rate = 0;
    let closeBefore = 0;
    let samples = 0;
    let variance = 0;
    let fired = false;

    const turn = (next: number): void => {
      // Over a longer silence the move is not one of a minute.
      if (closeBefore > 0 && next - minute === 1) {
        const move = rate / closeBefore - 1;
        const square = move * move;
        const taken =
          samples < WARM_UP || variance === 0 ? square : Math.min(square, MOST_TIMES * MOST_TIMES * variance);
        const weight = Math.max(WEIGHT, 1 / (samples + 1));
        variance += weight * (taken - variance);
        samples += 1;
      }
      closeBefore = rate;
      minute = next;
    };

    const look = (): void => {
      let [low, high] = [rate, rate];
      for (let i = 0; i < MINUTES; i += 1) {
        if ((minutes[i] as number) <= minute - MINUTES) continue;
        low = Math.min(low, lows[i] as number);
        high = Math.max(high, highs[i] as number);
      }
      const [rise, fall] = [rate / low - 1, 1 - rate / high];
      const move = rise >= fall ? rise : -fall;
      const size = Math.abs(move);
      const sd = samples >= WARM_UP ? Math.sqrt(variance * MINUTES) : 0;
      const times = sd > 0 ? size / sd : 0;
      const line = sd > 0 ? Math.min(most, Math.max(leastForSd, mostSd * sd)) : most;
      if (!fired && size > line) {
        fired = true;
        const from = move > 0 ? low : high;
        const [ko, en] = move > 0 ? ['올랐습니다', 'rose'] : ['내렸습니다', 'fell'];
        const usualKo = times > 0 ? `, 평소의 ${decimal(times, 1)}배` : '';
        const usualEn = times > 0 ? `, ${decimal(times, 1)} times its usual move` : '';
        mouth.fire({
          subject: SUBJECT,
          severity: 'H',
          values: { movePct: move * 100, rate: rate / 100, from: from / 100, times },
          sentenceKo: `원/달러 환율이 2시간 안에 ${percent(size, 2)} ${ko}(${decimal(from / 100, 1)}원에서 ${decimal(rate / 100, 1)}원${usualKo}).`,
          sentenceEn: `USD/KRW ${en} by ${percent(size, 2)} within 2 hours (from ${decimal(from / 100, 1)} to ${decimal(rate / 100, 1)}${usualEn}).`,
          picture: trail.picture(rate / 100, (from * (1 + Math.sign(move) * line)) / 100),
        });
      } else if (fired && size < BACK * line) {
        fired = false;
        mouth.clear(SUBJECT);
      }
    };

    return {
      fx: ({ ts, rate: now }) => {
        if (!usable(now)) return;
        const next = Math.floor(ts / MINUTE_MS);
        if (next !== minute) turn(next);
        rate = now;
        const at = next % MINUTES;
        if (minutes[at] !== next) {
          minutes[at] = next;
          lows[at] = now;
          highs[at] = now;
        } else {
          lows[at] = Math.min(lows[at] as number, now);
          highs[at] = Math.max(highs[at] as number, now);
        }
        trail.add(ts, now / 100);
        look();
      },
    };
  },
};
