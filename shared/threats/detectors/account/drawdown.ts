/** A02 Drawdown limit: the account has fallen too far from its peak. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { percent, wonEn, wonKo } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Subjects, subjectOf } from '../recent.ts';
import { ACCOUNTS_KEPT, holdsAny, isPriced, Standing } from './standing.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'reducePct', labelKo: '청산만', labelEn: 'Reduce only', unit: '%', initial: 10, min: 1, max: 60, step: 0.5 },
  { id: 'haltPct', labelKo: '매매 중지', labelEn: 'Halt', unit: '%', initial: 15, min: 2, max: 90, step: 0.5 },
];
/** It clears once the fall is this part of the first line. */
const BACK = 0.9;

export const DRAWDOWN: Detector = {
  id: 'A02',
  nameKo: '낙폭 한도',
  nameEn: 'Drawdown limit',
  family: 'account',
  severity: 'H',
  plays: ['P5', 'P7'],
  inputs: ['account'],
  formulaKo: '순자산이 최고점보다 10 % 줄면 위험, 15 % 줄면 심각이고, 낙폭이 첫 선의 90 % 안으로 돌아오면 해제합니다.',
  formulaEn:
    'Equity is 10 % below its peak: high; 15 %: critical; it clears once the fall is within 90 % of the first line.',
  warmUpKo: '그날 주식을 가졌거나 체결이 있고, 순자산과 모든 보유 종목의 값을 알 때부터 봅니다.',
  warmUpEn: 'Something was held or traded that day, and equity and the price of every holding are known.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const lines = [0, figure('reducePct') / 100, figure('haltPct') / 100];
    const accounts = new Subjects<Standing>(ACCOUNTS_KEPT, () => new Standing());
    return {
      fill: ({ accountId, ts }) => {
        const account = accounts.of(accountId);
        account.turn(ts);
        account.atRisk = true;
      },
      account: (event) => {
        const { accountId, ts, equityKrw, peakKrw } = event;
        const account = accounts.of(accountId);
        account.turn(ts);
        if (holdsAny(event)) account.atRisk = true;
        if (!isPriced(event) || !(peakKrw > 0 && peakKrw < Infinity)) return;
        const fall = (peakKrw - equityKrw) / peakKrw;
        account.trail.add(ts, -fall * 100);
        let stage = 0;
        for (let each = 1; each < lines.length; each += 1) if (fall >= (lines[each] as number)) stage = each;
        if (stage > account.stage && account.atRisk) {
          account.stage = stage;
          const line = lines[stage] as number;
          const [lineKo, lineEn] = stage === 1 ? ['청산만 할 선', 'reduce-only'] : ['매매 중지선', 'halt'];
          mouth.fire({
            subject: subjectOf(accountId),
            severity: stage === 1 ? 'H' : 'C',
            values: { fallPct: fall * 100, linePct: line * 100, equityKrw, peakKrw },
            sentenceKo: `순자산이 최고 ${wonKo(peakKrw)}에서 ${percent(fall, 2)} 줄어 ${wonKo(equityKrw)}입니다. ${lineKo}(${percent(line)})에 이르렀습니다.`,
            sentenceEn: `Equity is ${wonEn(equityKrw)}, ${percent(fall, 2)} below its peak of ${wonEn(peakKrw)}: the ${lineEn} line (${percent(line)}) is reached.`,
            picture: account.trail.picture(-fall * 100, -line * 100),
          });
        } else if (account.stage > 0 && fall < BACK * (lines[1] as number)) {
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        }
      },
    };
  },
};
