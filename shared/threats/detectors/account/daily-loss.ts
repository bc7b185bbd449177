/** A01 Daily loss limit: the account has lost too much since the day began. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { percent, wonEn, wonKo } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Subjects, subjectOf } from '../recent.ts';
import { ACCOUNTS_KEPT, holdsAny, isPriced, Standing } from './standing.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'warnPct', labelKo: '경고', labelEn: 'Warning', unit: '%', initial: 2, min: 0.2, max: 20, step: 0.1 },
  { id: 'reducePct', labelKo: '청산만', labelEn: 'Reduce only', unit: '%', initial: 3, min: 0.3, max: 30, step: 0.1 },
  { id: 'haltPct', labelKo: '매매 중지', labelEn: 'Halt', unit: '%', initial: 5, min: 0.5, max: 50, step: 0.1 },
];
/** It clears once the loss is this part of the warning line. */
const BACK = 0.8;
const SEVERITIES = ['L', 'M', 'H', 'C'] as const;
const LINES_KO = ['', '경고선', '청산만 할 선', '매매 중지선'];
const LINES_EN = ['', 'the warning line', 'the reduce-only line', 'the halt line'];

export const DAILY_LOSS: Detector = {
  id: 'A01',
  nameKo: '하루 손실 한도',
  nameEn: 'Daily loss limit',
  family: 'account',
  severity: 'H',
  plays: ['P5', 'P7'],
  inputs: ['account'],
  formulaKo:
    '순자산이 하루 시작보다 2 % 줄면 주의, 3 % 줄면 위험, 5 % 줄면 심각이고, 손실이 경고선의 80 % 안으로 돌아오거나 날이 바뀌면 해제합니다.',
  formulaEn:
    'Equity is 2 % below the start of the day: medium; 3 %: high; 5 %: critical; it clears once the loss is within 80 % of the warning line, or on a new day.',
  warmUpKo: '그날 주식을 가졌거나 체결이 있고, 순자산과 모든 보유 종목의 값을 알 때부터 봅니다.',
  warmUpEn: 'Something was held or traded that day, and equity and the price of every holding are known.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const lines = [0, figure('warnPct') / 100, figure('reducePct') / 100, figure('haltPct') / 100];
    const accounts = new Subjects<Standing>(ACCOUNTS_KEPT, () => new Standing());
    return {
      fill: ({ accountId, ts }) => {
        const account = accounts.of(accountId);
        if (account.turn(ts) && account.stage > 0) {
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        }
        account.atRisk = true;
      },
      account: (event) => {
        const { accountId, ts, equityKrw, dayStartKrw } = event;
        const account = accounts.of(accountId);
        if (account.turn(ts) && account.stage > 0) {
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        }
        if (holdsAny(event)) account.atRisk = true;
        if (!account.atRisk || !isPriced(event) || !(dayStartKrw > 0 && dayStartKrw < Infinity)) return;
        const loss = (dayStartKrw - equityKrw) / dayStartKrw;
        account.trail.add(ts, -loss * 100);
        let stage = 0;
        for (let each = 1; each < lines.length; each += 1) if (loss >= (lines[each] as number)) stage = each;
        if (stage > account.stage) {
          account.stage = stage;
          const line = lines[stage] as number;
          const lostKrw = dayStartKrw - equityKrw;
          mouth.fire({
            subject: subjectOf(accountId),
            severity: SEVERITIES[stage] ?? 'C',
            values: { lossPct: loss * 100, linePct: line * 100, lossKrw: lostKrw, equityKrw, dayStartKrw },
            sentenceKo: `오늘 손실이 ${percent(loss, 2)}(${wonKo(lostKrw)})로 ${LINES_KO[stage]}(${percent(line)})에 이르렀습니다.`,
            sentenceEn: `Today's loss is ${percent(loss, 2)} (${wonEn(lostKrw)}): ${LINES_EN[stage]} (${percent(line)}) is reached.`,
            picture: account.trail.picture(-loss * 100, -line * 100),
          });
        } else if (account.stage > 0 && loss < BACK * (lines[1] as number)) {
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        }
      },
    };
  },
};
