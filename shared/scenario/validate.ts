/** Looks whether a scenario makes sense: instants, chains, names, issues, contradictions. What it says tells what to do. */
import { timeOfDayMs, type RuleCondition, type ScenarioDocument, type ScenarioEvent } from '../domain/index.ts';
import { isTradingDay, krxCalendar } from '../market/index.ts';
import { isSessionDate, sessionDate } from '../time/index.ts';
import { linesOf, type ScenarioProblem } from './parse.ts';
import { checkEvents } from './validate-events.ts';
import { checkGuards, type KnownDetector } from './validate-guards.ts';
import type { Path, Tell } from './validate-terms.ts';
import { scenarioDays } from './story.ts';
import { timelineOf } from './timeline.ts';

/** What a check is told of the world. */
export interface ScenarioKnowledge {
  /** The text the document was read from: problems then name their lines. */
  readonly text?: string;
  /** Whether an issue can be traded; every code is taken for known if absent. */
  readonly knows?: (code: string) => boolean;
  /** The detectors there are, with their figures; figures are not looked at if absent. */
  readonly detectors?: readonly KnownDetector[];
}

const DAY_FROM = timeOfDayMs('08:00');
const DAY_TO = timeOfDayMs('20:00');
const OPEN = timeOfDayMs('09:00');
const SECONDS_OF_DAY = (DAY_TO - DAY_FROM) / 1_000;
/** Orders that rules of one scenario may send at most: more is a scenario without an end. */
const RULE_ORDERS = 2_000;

/** Problems of a document that fits the schema; none where it can be played as it stands. */
export function validateScenario(document: ScenarioDocument, knowledge: ScenarioKnowledge = {}): ScenarioProblem[] {
  const found: Omit<ScenarioProblem, 'line' | 'column'>[] = [];
  const tell: Tell = (path, [ko, en], severity = 'error') => void found.push({ path, severity, ko, en });
  checkMarket(document, knowledge, tell);
  checkNames(document, knowledge, tell);
  checkInstants(document, tell);
  const timed = timelineOf(document);
  checkEvents(document, timed, tell);
  checkActors(document, tell);
  checkCriteria(document, tell);
  checkGuards(document, knowledge.detectors, tell);
  const lines = knowledge.text === undefined ? () => null : linesOf(knowledge.text);
  return found.map((problem) => ({
    ...problem,
    line: lines(problem.path)?.line ?? null,
    column: lines(problem.path)?.column ?? null,
  }));
}

function checkMarket({ market }: ScenarioDocument, { knows = () => true }: ScenarioKnowledge, tell: Tell): void {
  const dates = market.kind === 'replay' ? market.dates : [market.date];
  dates.forEach((date, place) => {
    const path = market.kind === 'replay' ? ['market', 'dates', place] : ['market', 'date'];
    if (!isSessionDate(date)) tell(path, [`없는 날짜입니다: ${date}`, `There is no such date: ${date}`]);
    else if (date < krxCalendar.from || date > krxCalendar.to)
      tell(path, [
        `거래일을 아는 기간은 ${krxCalendar.from}부터 ${krxCalendar.to}까지입니다. 그 안의 날로 바꾸세요.`,
        `Trading days are known from ${krxCalendar.from} to ${krxCalendar.to}: choose one of them.`,
      ]);
    else if (!isTradingDay(krxCalendar, sessionDate(date)))
      tell(
        path,
        market.kind === 'replay'
          ? [
              `${date}은(는) 휴장일이라 기록이 없습니다. 거래일로 바꾸세요.`,
              `${date} is no trading day and has no record: choose a trading day.`,
            ]
          : [
              `${date}은(는) 휴장일입니다. 다음 거래일에 시작합니다.`,
              `${date} is no trading day: it begins on the next one.`,
            ],
        market.kind === 'replay' ? 'error' : 'warning',
      );
  });
  checkDates(market, tell);
  const seen = new Set<string>();
  market.issues.forEach((code, place) => {
    if (!knows(code))
      tell(
        ['market', 'issues', place],
        [`모의 시장에 없는 종목입니다: ${code}`, `Not in the simulated market: ${code}`],
      );
    if (seen.has(code))
      tell(['market', 'issues', place], [`같은 종목이 두 번 있습니다: ${code}`, `Listed twice: ${code}`]);
    seen.add(code);
  });
  if (market.kind !== 'indexPath') return;
  market.days.forEach((day, place) => {
    for (const name of ['KOSPI', 'KOSDAQ'] as const) {
      const path = day[name] ?? [];
      path.forEach((point, at) => {
        const before = path[at - 1];
        if (before && timeOfDayMs(point.at) <= timeOfDayMs(before.at))
          tell(
            ['market', 'days', place, name, at, 'at'],
            [
              `점의 시각은 앞의 점(${before.at})보다 뒤여야 합니다.`,
              `Points must go forward in time: after ${before.at}.`,
            ],
          );
        if (timeOfDayMs(point.at) < DAY_FROM || timeOfDayMs(point.at) > DAY_TO)
          tell(
            ['market', 'days', place, name, at, 'at'],
            [
              `${point.at}은(는) 거래하는 시간(08:00~20:00) 밖입니다.`,
              `${point.at} is outside the day (08:00 to 20:00).`,
            ],
          );
        if (point.pct < -30 || point.pct > 30)
          tell(
            ['market', 'days', place, name, at, 'pct'],
            ['지수는 하루에 ±30 %를 넘지 않습니다.', 'An index does not go beyond 30 % a day.'],
          );
      });
    }
    if (!day.KOSPI && !day.KOSDAQ)
      tell(['market', 'days', place], ['KOSPI나 KOSDAQ의 길을 적으세요.', 'Give a path for KOSPI or KOSDAQ.']);
  });
}

/** Days that follow each other: recorded ones go forward, played ones end within the calendar. */
function checkDates(market: ScenarioDocument['market'], tell: Tell): void {
  if (market.kind === 'replay') {
    market.dates.forEach((date, place) => {
      const before = market.dates[place - 1];
      if (before !== undefined && date <= before)
        tell(
          ['market', 'dates', place],
          [`날짜는 앞의 날(${before})보다 뒤여야 합니다.`, `Dates must go forward: after ${before}.`],
        );
    });
    return;
  }
  const { date } = market;
  if (!isSessionDate(date) || date < krxCalendar.from || date > krxCalendar.to) return;
  const days = market.kind === 'synthetic' ? market.days : market.days.length;
  try {
    krxCalendar.addSessions(krxCalendar.sessionOnOrAfter(sessionDate(date)), days - 1);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tell(
      ['market', 'date'],
      [
        `${days}일째가 거래일을 아는 기간(${krxCalendar.to}까지)을 넘습니다. 앞당기세요.`,
        `Day ${days} is beyond the last known trading day (${krxCalendar.to}): begin earlier.`,
      ],
    );
  }
}

/** Issues that parts of the document name must be traded in it; names must be there, and once. */
function checkNames({ market, accounts, actors, events }: ScenarioDocument, _: ScenarioKnowledge, tell: Tell): void {
  const traded = new Set(market.issues);
  const issue = (code: string | undefined, path: Path): void => {
    if (code !== undefined && !traded.has(code))
      tell(path, [
        `이 시나리오가 거래하지 않는 종목입니다: ${code}. market.issues에 넣거나 바꾸세요.`,
        `Not among market.issues: ${code}. Add it or change it.`,
      ]);
  };
  const once = (names: readonly (string | undefined)[], path: string, field: string): void => {
    const seen = new Set<string>();
    names.forEach((name, place) => {
      if (name !== undefined && seen.has(name))
        tell([path, place, field], [`같은 이름이 두 번 있습니다: ${name}`, `The name is used twice: ${name}`]);
      if (name !== undefined) seen.add(name);
    });
  };
  once(
    accounts.map(({ id }) => id),
    'accounts',
    'id',
  );
  once(
    actors.map(({ name }) => name),
    'actors',
    'name',
  );
  once(
    events.map(({ id }) => id),
    'events',
    'id',
  );
  accounts.forEach(({ holdings }, account) => {
    const held = new Set<string>();
    holdings.forEach((holding, place) => {
      issue(holding.issue, ['accounts', account, 'holdings', place, 'issue']);
      if (held.has(holding.issue))
        tell(
          ['accounts', account, 'holdings', place, 'issue'],
          [`같은 종목이 두 번 있습니다: ${holding.issue}`, `Held twice: ${holding.issue}`],
        );
      held.add(holding.issue);
    });
  });
  if (market.kind === 'indexPath') for (const code of Object.keys(market.betas)) issue(code, ['market', 'betas', code]);
  events.forEach((event, place) => {
    if ('issue' in event) issue(event.issue, ['events', place, 'issue']);
    if ('target' in event && event.target !== 'all' && 'issue' in event.target)
      issue(event.target.issue, ['events', place, 'target', 'issue']);
  });
  actors.forEach((actor, place) => {
    if (!accounts.some(({ id }) => id === actor.account))
      tell(['actors', place, 'account'], [`없는 계좌입니다: ${actor.account}`, `No such account: ${actor.account}`]);
    if (actor.kind === 'orders')
      actor.orders.forEach((order, at) => issue(order.issue, ['actors', place, 'orders', at, 'issue']));
    else {
      issue(actor.then.issue, ['actors', place, 'then', 'issue']);
      if ('issue' in actor.when) issue(actor.when.issue, ['actors', place, 'when', 'issue']);
    }
  });
}

/** What is wrong with the chain that an event follows; null: it ends in a time. */
function chainFault(
  event: ScenarioEvent,
  byId: ReadonlyMap<string, ScenarioEvent>,
): { readonly loops: boolean; readonly words: readonly [ko: string, en: string] } | null {
  const way = new Set<ScenarioEvent>();
  for (let at = event; at.after;) {
    if (way.has(at)) {
      const ko = '이벤트가 돌고 돌아 자기 자신을 뒤따릅니다. 한 곳을 시각(at)으로 바꾸세요.';
      return { loops: true, words: [ko, "The chain leads back to itself: give one of them a time ('at')."] };
    }
    way.add(at);
    const name = at.after.event;
    const next = byId.get(name);
    if (!next) return { loops: false, words: [`없는 이벤트입니다: ${name}`, `No such event: ${name}`] };
    at = next;
  }
  return null;
}

/** Each event has one beginning, chains end, and everything lies within the days. */
function checkInstants(document: ScenarioDocument, tell: Tell): void {
  const { events } = document;
  const days = scenarioDays(document);
  const byId = new Map(events.flatMap((event) => (event.id === undefined ? [] : [[event.id, event] as const])));
  events.forEach((event, place) => {
    const path = ['events', place] as const;
    if (event.at !== undefined && event.after)
      tell(path, ['시각(at)과 뒤따름(after) 가운데 하나만 적으세요.', "Give either 'at' or 'after'."]);
    if (event.at === undefined && !event.after && event.kind !== 'gap')
      tell(path, ['언제 시작하는지(at이나 after) 적으세요.', "Say when it begins: 'at' or 'after'."]);
    if ((event.day ?? 1) > days)
      tell([...path, 'day'], [`시나리오는 ${days}일입니다. 그 안의 날로 바꾸세요.`, `The scenario has ${days} days.`]);
    if (event.kind === 'gap' && (event.after || (event.at !== undefined && timeOfDayMs(event.at) !== OPEN)))
      tell(path, [
        '갭은 개장에 생깁니다. at이나 after를 지우고 날(day)만 적으세요.',
        "A gap belongs to the open: give only its 'day'.",
      ]);
    else if (event.after && event.day !== undefined)
      tell(
        [...path, 'day'],
        [
          '뒤따르는 이벤트의 날은 앞의 이벤트가 정합니다. day를 지우세요.',
          "The day follows from the other event: remove 'day'.",
        ],
        'warning',
      );
    if (!event.after) return;
    const fault = chainFault(event, byId);
    if (fault) tell([...path, 'after', ...(fault.loops ? [] : ['event'])], fault.words);
  });
  const inDay = (time: string, path: Path): void => {
    const ms = timeOfDayMs(time);
    if (ms < DAY_FROM || ms > DAY_TO)
      tell(path, [
        `${time}은(는) 거래하는 시간(08:00~20:00) 밖입니다.`,
        `${time} is outside the day (08:00 to 20:00).`,
      ]);
  };
  for (const { event, index, atMs } of timelineOf(document))
    if (event.kind !== 'gap' && (atMs < DAY_FROM || atMs > DAY_TO))
      tell(
        ['events', index],
        [
          '거래하는 시간(08:00~20:00) 밖에서 시작합니다. 시각을 바꾸세요.',
          'Begins outside the day (08:00 to 20:00): change its time.',
        ],
      );
  document.actors.forEach((actor, place) => {
    if (actor.kind !== 'orders') return;
    actor.orders.forEach((order, at) => {
      inDay(order.at, ['actors', place, 'orders', at, 'at']);
      if ((order.day ?? 1) > days)
        tell(['actors', place, 'orders', at, 'day'], [`시나리오는 ${days}일입니다.`, `The scenario has ${days} days.`]);
    });
  });
  document.labels.forEach((label, place) => {
    if (timeOfDayMs(label.to) < timeOfDayMs(label.from))
      tell(
        ['labels', place, 'to'],
        [`끝이 시작(${label.from})보다 앞섭니다. 바꾸세요.`, `Ends before it begins (${label.from}): change it.`],
      );
    inDay(label.from, ['labels', place, 'from']);
    inDay(label.to, ['labels', place, 'to']);
    if (label.day > days)
      tell(['labels', place, 'day'], [`시나리오는 ${days}일입니다.`, `The scenario has ${days} days.`]);
  });
}

const bounds = (when: RuleCondition): number =>
  Number(when.atOrAbove !== undefined) + Number(when.atOrBelow !== undefined);

function checkActors(document: ScenarioDocument, tell: Tell): void {
  const { actors } = document;
  const days = scenarioDays(document);
  let orders = 0;
  actors.forEach((actor, place) => {
    if (actor.kind !== 'rule') return;
    orders += actor.times;
    const seconds = (actor.times - 1) * actor.everySeconds;
    if (seconds > days * SECONDS_OF_DAY)
      tell(
        ['actors', place, 'times'],
        [
          `${actor.times}번을 ${actor.everySeconds}초마다 하면 시나리오가 끝난 뒤에도 이어집니다. 횟수나 간격을 줄이세요.`,
          `${actor.times} times every ${actor.everySeconds} s goes on beyond the end: fewer times or a shorter wait.`,
        ],
      );
    if (bounds(actor.when) === 0)
      tell(
        ['actors', place, 'when'],
        ['언제 움직이는지 atOrBelow나 atOrAbove로 적으세요.', "Give 'atOrBelow' or 'atOrAbove'."],
      );
    if (bounds(actor.when) === 2 && (actor.when.atOrAbove ?? 0) > (actor.when.atOrBelow ?? 0))
      tell(['actors', place, 'when'], ['두 조건이 함께 맞을 수 없습니다.', 'Both bounds cannot hold at once.']);
    const { percent, quantity } = actor.then;
    if ((percent === undefined) === (quantity === undefined))
      tell(
        ['actors', place, 'then'],
        ['비율(percent)과 수량(quantity) 가운데 하나를 적으세요.', "Give either 'percent' or 'quantity'."],
      );
  });
  if (orders > RULE_ORDERS)
    tell(
      ['actors'],
      [
        `규칙이 낼 수 있는 주문이 모두 ${orders}건입니다. ${RULE_ORDERS}건까지 줄이세요.`,
        `Rules may send ${orders} orders: at most ${RULE_ORDERS}.`,
      ],
    );
}

function checkCriteria({ criteria, labels }: ScenarioDocument, tell: Tell): void {
  criteria.forEach(({ measure, of }, place) => {
    const path = ['criteria', place, 'of'] as const;
    if (measure === 'secondsToDetect') {
      if (of === undefined || of.startsWith('P'))
        tell(path, ['어느 감지기인지(M01 같은) 적으세요.', 'Name a detector, such as M01.']);
      if (!labels.some(({ detector, required }) => required && (of === undefined || detector === of)))
        tell(path, [
          '잴 라벨이 없습니다. labels에 언제 감지되어야 하는지 적으세요.',
          'Nothing is labelled: say in labels when it should be detected.',
        ]);
    } else if (measure === 'playsRun') {
      if (of?.startsWith('P') !== true) tell(path, ['어느 대응인지(P1 같은) 적으세요.', 'Name a play, such as P1.']);
    } else if (of !== undefined)
      tell(
        path,
        [`'${measure}'에는 of를 쓰지 않습니다. 지우세요.`, `'of' means nothing for '${measure}': remove it.`],
        'warning',
      );
  });
}
