/** O07 Clock skew: our clock and the server's stand apart, or the time zone is wrong. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Trail } from '../market/measures.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'warnSeconds', labelKo: '경고', labelEn: 'Warning', unit: '초', initial: 0.5, min: 0.1, max: 10, step: 0.1 },
  { id: 'blockSeconds', labelKo: '차단', labelEn: 'Block', unit: '초', initial: 2, min: 0.5, max: 60, step: 0.5 },
];
const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;
/** As near as this to a step of time zones is one. */
const NEAR_MS = 180_000;
/** It clears once the offset is this part of the warning line. */
const BACK = 0.7;
const SUBJECT = 'clock';

/** Steps of half an hour that an offset comes to, 0: it is none of time zones. */
function zoneSteps(offsetMs: number): number {
  const steps = Math.round(offsetMs / HALF_HOUR_MS);
  return Math.abs(offsetMs - steps * HALF_HOUR_MS) <= NEAR_MS ? steps : 0;
}

/** "1.4초", "3분 20초", "2시간 5분". */
function lengthKo(ms: number): string {
  const seconds = Math.abs(ms) / 1_000;
  if (seconds < 60) return `${decimal(seconds, 1)}초`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}분 ${decimal(Math.floor(seconds % 60))}초`;
  return `${decimal(Math.floor(minutes / 60))}시간 ${minutes % 60}분`;
}

function lengthEn(ms: number): string {
  const seconds = Math.abs(ms) / 1_000;
  if (seconds < 60) return `${decimal(seconds, 1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${decimal(Math.floor(seconds % 60))} s`;
  return `${decimal(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

export const CLOCK_SKEW: Detector = {
  id: 'O07',
  nameKo: '시계 어긋남',
  nameEn: 'Clock skew',
  family: 'operation',
  severity: 'H',
  plays: ['P8'],
  inputs: ['skew'],
  formulaKo:
    '서버 시계와 우리 시계의 차이가 두 번 이어 0.5초를 넘으면 주의, 한 번이라도 2초를 넘으면 위험(30분 단위에 가까우면 시간대가 틀린 것으로 말함)이고, 경고선의 70 % 안으로 돌아오면 해제합니다.',
  formulaEn:
    'The offset between the server and our clock is above 0.5 s in two measures in a row: medium; above 2 s in one: high (near a step of half an hour: told as a wrong time zone); it clears within 70 % of the warning line.',
  warmUpKo: '주의는 두 번, 위험은 한 번 잰 뒤부터 봅니다.',
  warmUpEn: 'Two measures for medium, one for high.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const warnMs = figure('warnSeconds') * 1_000;
    const blockMs = figure('blockSeconds') * 1_000;
    const trail = new Trail(1_000);
    let [stage, crossed, zone] = [0, 0, 0];

    const say = (offsetMs: number, lineMs: number): void => {
      const hours = zone / 2;
      const behind = offsetMs > 0;
      const [wayKo, wayEn] = behind ? ['느립니다', 'behind'] : ['빠릅니다', 'ahead of'];
      const zoneKo = `시간대 설정이 ${decimal(Math.abs(hours), Number.isInteger(hours) ? 0 : 1)}시간 틀린 것으로 보입니다`;
      const zoneEn = `the time zone seems wrong by ${decimal(Math.abs(hours), Number.isInteger(hours) ? 0 : 1)} h`;
      mouth.fire({
        subject: SUBJECT,
        severity: stage === 1 ? 'M' : 'H',
        values: { offsetMs, lineMs, ...(zone === 0 ? {} : { zoneHours: hours }) },
        sentenceKo: `이 컴퓨터의 시계가 서버보다 ${lengthKo(offsetMs)} ${wayKo}${zone === 0 ? `(선 ${lengthKo(lineMs)})` : `: ${zoneKo}`}.`,
        sentenceEn: `This computer's clock is ${lengthEn(offsetMs)} ${wayEn} the server's${zone === 0 ? ` (line ${lengthEn(lineMs)})` : `: ${zoneEn}`}.`,
        picture: trail.picture(offsetMs / 1_000, (behind ? lineMs : -lineMs) / 1_000),
      });
    };

    return {
      skew: ({ ts, offsetMs }) => {
        if (!Number.isFinite(offsetMs)) return;
        trail.add(ts, offsetMs / 1_000);
        const size = Math.abs(offsetMs);
        crossed = size > warnMs ? crossed + 1 : 0;
        const steps = zoneSteps(offsetMs);
        const found = size > blockMs ? 2 : crossed >= 2 ? 1 : 0;
        if (found > stage || (found === 2 && steps !== zone)) {
          stage = found;
          zone = found === 2 ? steps : 0;
          say(offsetMs, found === 2 ? blockMs : warnMs);
        } else if (stage > 0 && size < BACK * warnMs) {
          stage = 0;
          zone = 0;
          mouth.clear(SUBJECT);
        }
      },
    };
  },
};
