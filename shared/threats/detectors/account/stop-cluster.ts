/** A04 Stop cluster: one stop after another is hit within a short time. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { RecentKeys, RecentTimes, Subjects, subjectOf } from '../recent.ts';
import { ACCOUNTS_KEPT, Standing } from './standing.ts';

const MOST_STOPS = 50;
const PARAMS: readonly DetectorParam[] = [
  {
    id: 'stops',
    labelKo: '스톱 청산',
    labelEn: 'Stop exits',
    unit: '건',
    initial: 4,
    min: 2,
    max: MOST_STOPS,
    step: 1,
  },
  { id: 'bars', labelKo: '봉 수', labelEn: 'Bars', unit: '', initial: 24, min: 1, max: 500, step: 1 },
  {
    id: 'barMinutes',
    labelKo: '봉 길이',
    labelEn: 'Length of a bar',
    unit: '분',
    initial: 5,
    min: 1,
    max: 60,
    step: 1,
  },
];
const MINUTE_MS = 60_000;

class Own extends Standing {
  readonly orders = new RecentKeys(MOST_STOPS * 2);
  readonly times = new RecentTimes(MOST_STOPS * 2);
}

export const STOP_CLUSTER: Detector = {
  id: 'A04',
  nameKo: '연속 손절',
  nameEn: 'Stop cluster',
  family: 'account',
  severity: 'M',
  plays: ['P5'],
  inputs: ['fill'],
  formulaKo:
    '스톱으로 청산한 주문(한 주문의 여러 체결은 하나)이 5분봉 24개 동안 4건에 이르면 알리고, 그 수가 줄거나 날이 바뀌면 해제합니다.',
  formulaEn:
    'Orders that left a position by a stop (the fills of one order count once) number 4 within 24 bars of 5 minutes; it clears once there are fewer, or on a new day.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const most = Math.round(figure('stops'));
    const minutes = figure('bars') * figure('barMinutes');
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const quiet = (accountId: string, account: Own): void => {
      if (account.stage > 0) mouth.clear(subjectOf(accountId));
      account.stage = 0;
    };

    return {
      fill: ({ ts, accountId, orderId, stop }) => {
        if (!stop) return;
        const account = accounts.of(accountId);
        if (account.turn(ts)) {
          quiet(accountId, account);
          account.times.clear();
        }
        if (orderId !== '' && account.orders.seen(orderId)) return;
        account.times.add(ts);
        const stops = account.times.after(ts - minutes * MINUTE_MS);
        account.trail.add(ts, stops);
        if (stops < most || stops <= account.stage) return;
        account.stage = stops;
        mouth.fire({
          subject: subjectOf(accountId),
          severity: 'M',
          values: { stops, line: most, minutes },
          sentenceKo: `${decimal(minutes)}분 동안 스톱 청산이 ${decimal(stops)}건 나왔습니다(선 ${decimal(most)}건).`,
          sentenceEn: `${decimal(stops)} stop exits within ${decimal(minutes)} minutes (line ${decimal(most)}).`,
          picture: account.trail.picture(stops, most),
        });
      },
      clock: ({ ts }) => {
        for (const [accountId, account] of accounts) {
          if (account.stage === 0) continue;
          if (account.turn(ts)) {
            account.times.clear();
            quiet(accountId, account);
          } else if (account.times.after(ts - minutes * MINUTE_MS) < most) quiet(accountId, account);
        }
      },
    };
  },
};
