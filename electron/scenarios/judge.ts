/** Judges the criteria of a scenario by what was measured, each with its evidence in words. */
import {
  type CriterionMeasure,
  type JudgedCriterion,
  type ScenarioCriterion,
  type ScenarioDocument,
  type ScenarioLabel,
} from '#shared/domain/index.ts';
import { falseAlarms, spanOf } from './labels.ts';
import type { Books } from './books.ts';
import type { RunDiary } from './diary.ts';
import type { Watch } from './watch.ts';
import type { World } from './world/world.ts';

interface Facts {
  readonly document: ScenarioDocument;
  readonly books: Books;
  readonly watch: Watch;
  readonly world: World;
  readonly diary: RunDiary;
}

/** A measure and what it says; `value` null: it could not be measured. */
interface Measured {
  readonly value: number | null;
  readonly ko: string;
  readonly en: string;
}

const seconds = (ms: number): number => Math.round(ms) / 1_000;
const won = (value: number): string => `${value.toLocaleString('ko-KR')}원`;

function haltMeasure({ watch, diary }: Facts): Measured {
  const halting = watch.plays().find(({ play }) => play === 'P7');
  if (diary.haltedTs === null || !halting)
    return { value: null, ko: '매매가 중지되지 않았습니다.', en: 'Trading was never halted.' };
  const value = seconds(diary.haltedTs - (halting.at - halting.afterMs));
  return {
    value,
    ko: `${halting.detector} 감지부터 ${value}초 뒤 중지`,
    en: `Halted ${value} s after ${halting.detector}`,
  };
}

function detectMeasure(facts: Facts, of: string | undefined): Measured {
  const { document, watch } = facts;
  const labels = document.labels.filter(({ detector, required }) => required && (of === undefined || detector === of));
  const delays = labels.map((label: ScenarioLabel) => {
    const { fromTs, toTs } = spanOf(label, facts.diary.days);
    const first = watch.threats().find(({ detector, at }) => detector === label.detector && at >= fromTs && at <= toTs);
    return first ? seconds(first.at - fromTs) : null;
  });
  const missed = delays.filter((delay) => delay === null).length;
  if (labels.length === 0) return { value: null, ko: '라벨이 없어 잴 수 없습니다.', en: 'Nothing is labelled.' };
  if (missed > 0)
    return {
      value: null,
      ko: `${labels.length}곳 가운데 ${missed}곳을 놓쳤습니다.`,
      en: `${missed} of ${labels.length} were missed.`,
    };
  const value = Math.max(...delays.map((delay) => delay ?? 0));
  return { value, ko: `가장 늦은 감지가 ${value}초`, en: `The slowest detection took ${value} s` };
}

function measure(criterion: ScenarioCriterion, facts: Facts): Measured {
  const { books, watch, world, diary, document } = facts;
  const count = (value: number, ko: string, en: string): Measured => ({
    value,
    ko: `${ko} ${value}건`,
    en: `${en}: ${value}`,
  });
  const measures: Readonly<Record<CriterionMeasure, () => Measured>> = {
    maxDrawdownPct: () => {
      const value = books.worst('maxDrawdownPct');
      return { value, ko: `가장 큰 낙폭 ${value.toFixed(2)} %`, en: `Largest drawdown ${value.toFixed(2)} %` };
    },
    endReturnPct: () => {
      const value = books.endReturn();
      return { value, ko: `끝의 수익률 ${value.toFixed(2)} %`, en: `Return at the end ${value.toFixed(2)} %` };
    },
    worstDayLossPct: () => {
      const value = books.worst('worstDayPct');
      return { value, ko: `하루 가장 큰 손실 ${value.toFixed(2)} %`, en: `Worst loss of a day ${value.toFixed(2)} %` };
    },
    leastCashKrw: () => {
      const value = books.leastCash();
      return { value, ko: `가장 적었던 현금 ${won(value)}`, en: `Least cash ${value.toLocaleString('en-US')} won` };
    },
    ordersWhileStale: () => count(diary.counts.whileStale, '시세가 멈춘 동안 나간 주문', 'Orders sent on old prices'),
    ordersAfterHalt: () => count(diary.counts.afterHalt, '중지 뒤 나간 주문', 'Orders sent after the halt'),
    secondsToHalt: () => haltMeasure(facts),
    secondsToDetect: () => detectMeasure(facts, criterion.of),
    falseAlarms: () => {
      const alarms = falseAlarms(document.labels, watch.threats(), diary.days);
      return count(alarms.length, '거짓 경보', 'False alarms');
    },
    unconfirmedAtEnd: () => {
      const open = [...world.accountIds.values()].flatMap((accountId) =>
        world.desk.orders({ accountId, open: true, limit: 5_000 }),
      );
      return count(
        open.filter(({ state }) => state === 'unconfirmed').length,
        '결과를 모르는 주문',
        'Orders of unknown outcome',
      );
    },
    booksDiffer: () => count(books.differing(), '증권사와 다른 잔고', 'Holdings that differ'),
    duplicateOrders: () => count(diary.twins(), '두 번 들어간 주문', 'Orders that arrived twice'),
    ordersSent: () => count(diary.counts.sent, '나간 주문', 'Orders sent'),
    playsRun: () =>
      count(
        watch.plays().filter(({ play }) => criterion.of === undefined || play === criterion.of).length,
        '실행한 대응',
        'Plays run',
      ),
  };
  return measures[criterion.measure]();
}

const HOLDS: Readonly<Record<ScenarioCriterion['is'], (value: number, bound: number) => boolean>> = {
  atMost: (value, bound) => value <= bound,
  atLeast: (value, bound) => value >= bound,
  exactly: (value, bound) => value === bound,
};

/** Every criterion with its verdict; one that could not be measured has not passed. */
export function judge(facts: Facts): JudgedCriterion[] {
  return facts.document.criteria.map((criterion): JudgedCriterion => {
    const { value, ko, en } = measure(criterion, facts);
    const pass = value !== null && HOLDS[criterion.is](value, criterion.value);
    return { name: criterion.name, pass, value, evidence: ko, evidenceEn: en };
  });
}
