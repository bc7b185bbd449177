/** O05 Fill mismatch: the books of the desk and of the broker differ, an execution came twice, or more was filled than was ordered. */
import type { FillEvent, ReconcileEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, IssueNames } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { koreanDay } from '../market/issues.ts';
import { RecentKeys, Subjects, subjectOf } from '../recent.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'polls', labelKo: '연속 조회', labelEn: 'Polls in a row', unit: '건', initial: 2, min: 1, max: 10, step: 1 },
];
const EXECUTIONS_KEPT = 20_000;
const ACCOUNTS_KEPT = 64;
const ISSUES_KEPT = 1_000;
const POINTS = 60;
/** An execution that came twice holds so long, if no poll agrees before. */
const HOLD_MS = 1_800_000;

/** An issue in an account. */
class Line {
  /** Polls in a row that differed, the last difference, and whether something was filled since. */
  differed = 0;
  difference = 0;
  filled = false;
  /** 1: something is the matter; since when (an execution), 0: a difference of the books. */
  wrong = false;
  wrongTs = 0;
  readonly points: number[] = [];
}

class Own {
  readonly lines = new Subjects<Line>(ISSUES_KEPT, () => new Line());
  readonly executions = new RecentKeys(EXECUTIONS_KEPT);
  alarmed = false;
  day = 0;
}

export const FILL_MISMATCH: Detector = {
  id: 'O05',
  nameKo: '체결·잔고 불일치',
  nameEn: 'Fill mismatch',
  family: 'operation',
  severity: 'C',
  plays: ['P7', 'P8'],
  inputs: ['fill'],
  formulaKo:
    '한 종목의 수량이 마루와 증권사에서 두 번 이어진 조회 모두 다르거나(그 사이 체결로 바뀐 차이는 새로 셈), 같은 체결 번호가 두 번 오거나, 주문보다 많이 체결되면 알리고, 조회가 다시 맞으면 해제합니다.',
  formulaEn:
    'The quantity of an issue differs from the broker in 2 polls in a row (a difference that fills changed in between is counted anew), an execution number comes twice, or an order is over-filled; it clears once a poll agrees.',
  warmUpKo: '없음. 증권사 잔고가 들어오지 않으면 체결만 봅니다.',
  warmUpEn: 'None; where no balances of the broker come, only executions are looked at.',
  params: PARAMS,
  watch(figures, mouth) {
    const polls = Math.round(figureReader(PARAMS, figures)('polls'));
    const names = new IssueNames();
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const settle = (accountId: string, account: Own): void => {
      if (!account.alarmed) return;
      for (const [, line] of account.lines) if (line.wrong) return;
      account.alarmed = false;
      mouth.clear(subjectOf(accountId));
    };

    const say = (
      { accountId }: FillEvent | ReconcileEvent,
      account: Own,
      line: Line,
      words: { readonly ko: string; readonly en: string; readonly values: Record<string, number> },
    ): void => {
      account.alarmed = true;
      line.wrong = true;
      mouth.fire({
        subject: subjectOf(accountId),
        severity: 'C',
        values: words.values,
        sentenceKo: words.ko,
        sentenceEn: words.en,
        picture: { points: [...line.points], line: 0 },
      });
    };

    const polled = (event: ReconcileEvent): void => {
      const { ts, accountId, id, deskQty, brokerQty } = event;
      if (!Number.isFinite(deskQty) || !Number.isFinite(brokerQty)) return;
      const account = accounts.of(accountId);
      account.day = koreanDay(ts);
      const line = account.lines.of(id);
      const difference = deskQty - brokerQty;
      line.points.push(difference);
      if (line.points.length > POINTS) line.points.shift();
      if (difference === 0) {
        line.differed = 0;
        line.wrong = false;
        settle(accountId, account);
      } else {
        const lag = line.filled && difference !== line.difference;
        line.differed = lag ? 1 : line.differed + 1;
        const spoken = line.wrong && line.wrongTs === 0 && difference === line.difference;
        line.difference = difference;
        if (line.differed >= polls && !spoken) {
          line.wrongTs = 0;
          say(event, account, line, {
            ko: `${names.of(id)} 수량이 마루는 ${decimal(deskQty)}주, 증권사는 ${decimal(brokerQty)}주로 ${decimal(line.differed)}번 연속 다릅니다.`,
            en: `${names.of(id)}: Maru counts ${decimal(deskQty)}, the broker ${decimal(brokerQty)}, in ${decimal(line.differed)} polls in a row.`,
            values: { deskQty, brokerQty, difference, polls: line.differed },
          });
        }
      }
      line.filled = false;
    };

    const filled = (event: FillEvent): void => {
      const { ts, accountId, orderId, execId, id, quantity, cumulativeQty, orderQty } = event;
      const account = accounts.of(accountId);
      account.day = koreanDay(ts);
      const line = account.lines.of(id);
      line.filled = true;
      const name = names.of(id);
      if (execId !== '' && account.executions.seen(`${koreanDay(ts)}|${orderId}|${execId}`)) {
        line.wrongTs = ts;
        say(event, account, line, {
          ko: `${name} 체결 통보(${decimal(quantity)}주)가 같은 번호로 두 번 왔습니다.`,
          en: `An execution of ${name} (${decimal(quantity)}) came twice under the same number.`,
          values: Number.isFinite(quantity) ? { quantity } : {},
        });
      }
      if (orderQty > 0 && cumulativeQty > orderQty && cumulativeQty < Infinity) {
        line.wrongTs = ts;
        say(event, account, line, {
          ko: `${name} 주문 ${decimal(orderQty)}주에 ${decimal(cumulativeQty)}주가 체결됐습니다.`,
          en: `An order of ${decimal(orderQty)} ${name} was filled for ${decimal(cumulativeQty)}.`,
          values: { orderQty, cumulativeQty, excess: cumulativeQty - orderQty },
        });
      }
    };

    return {
      issue: (event) => names.learn(event),
      fill: filled,
      reconcile: polled,
      clock: ({ ts }) => {
        for (const [accountId, account] of accounts) {
          if (!account.alarmed) continue;
          for (const [, line] of account.lines)
            if (line.wrong && line.wrongTs > 0 && ts - line.wrongTs >= HOLD_MS) line.wrong = false;
          settle(accountId, account);
        }
      },
    };
  },
};
