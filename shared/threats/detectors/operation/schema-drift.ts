/** O09 Schema drift: records have other columns than the catalogue says. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Trail } from '../market/measures.ts';
import { Subjects, subjectOf } from '../recent.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'records',
    labelKo: '1분 동안의 전문',
    labelEn: 'Records within 1 min',
    unit: '건',
    initial: 1,
    min: 1,
    max: 1_000,
    step: 1,
  },
];
const CHANNELS_KEPT = 200;
const NAME_LENGTH = 40;
const MINUTE_MS = 60_000;
/** Figures of columns beyond this are no columns. */
const MOST_COLUMNS = 10_000;

class Channel {
  count = 0;
  said = 0;
  firstTs = 0;
  lastTs = 0;
  readonly trail = new Trail(1_000);
}

export const SCHEMA_DRIFT: Detector = {
  id: 'O09',
  nameKo: '전문 형식 변화',
  nameEn: 'Schema drift',
  family: 'operation',
  severity: 'H',
  plays: ['P8'],
  inputs: ['schema'],
  formulaKo:
    '한 채널의 전문이 목록과 다른 열 수나 형식으로 1분에 1건 이상 오면 알리고(열 배로 늘 때마다 다시 말함), 1분 동안 오지 않으면 해제합니다.',
  formulaEn:
    'A record of a channel has other columns or types than the catalogue says, 1 or more within 1 minute (said again at each tenfold); it clears after a minute without one.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const least = Math.round(figureReader(PARAMS, figures)('records'));
    const channels = new Subjects<Channel>(CHANNELS_KEPT, () => new Channel());
    return {
      schema: ({ ts, channel: id, expected, got }) => {
        const channel = channels.of(id);
        if (ts - channel.firstTs > MINUTE_MS && channel.said === 0) {
          channel.firstTs = ts;
          channel.count = 0;
        }
        channel.count += 1;
        channel.lastTs = ts;
        const columns = (value: number): boolean => Number.isFinite(value) && value >= 0 && value <= MOST_COLUMNS;
        const known = columns(expected) && columns(got);
        if (columns(got)) channel.trail.add(ts, got);
        const next = channel.said === 0 ? least : channel.said * 10;
        if (channel.count < next) return;
        channel.said = channel.count;
        const name = id === '' ? '-' : id.slice(0, NAME_LENGTH);
        const counted = known && expected !== got;
        mouth.fire({
          subject: subjectOf(id),
          severity: 'H',
          values: { records: channel.count, ...(known ? { expected, got } : {}) },
          sentenceKo: counted
            ? `${name} 전문의 열이 ${decimal(expected)}개가 아니라 ${decimal(got)}개입니다(${decimal(channel.count)}건). 아는 앞부분만 읽습니다.`
            : `${name} 전문의 형식이 목록과 다릅니다(${decimal(channel.count)}건). 아는 앞부분만 읽습니다.`,
          sentenceEn: counted
            ? `Records of ${name} have ${decimal(got)} columns instead of ${decimal(expected)} (${decimal(channel.count)}); only the known first part is read.`
            : `Records of ${name} are not as the catalogue says (${decimal(channel.count)}); only the known first part is read.`,
          picture: channel.trail.picture(known ? got : Number.NaN, known ? expected : Number.NaN),
        });
      },
      clock: ({ ts }) => {
        for (const [id, channel] of channels) {
          if (channel.said === 0 || ts - channel.lastTs <= MINUTE_MS) continue;
          channels.drop(id);
          mouth.clear(subjectOf(id));
        }
      },
    };
  },
};
