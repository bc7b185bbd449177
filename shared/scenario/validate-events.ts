/** Events of a scenario that cannot both be, and stops that the rules of the exchange do not allow at their time. */
import { timeOfDayMs, trackOf, type ScenarioDocument, type ScenarioEvent } from '../domain/index.ts';
import { breakerRules, sidecarRules } from '../market/index.ts';
import { isSessionDate, sessionDate } from '../time/index.ts';
import type { TimedEvent } from './timeline.ts';
import type { Path, Tell } from './validate-terms.ts';

const OPEN = timeOfDayMs('09:00');
const CLOSE = timeOfDayMs('15:30');

const overlaps = (a: TimedEvent, b: TimedEvent): boolean => a.day === b.day && a.atMs < b.endMs && b.atMs < a.endMs;

/** Events that cannot both be, and stops that the rules do not allow at their time. */
export function checkEvents(document: ScenarioDocument, timed: readonly TimedEvent[], tell: Tell): void {
  const { market } = document;
  const date = market.kind === 'replay' ? (market.dates[0] ?? '') : market.date;
  const rulesOn = isSessionDate(date) ? sessionDate(date) : sessionDate('2026-03-04');
  const used = new Map<string, number[]>();
  const sidecars = new Set<string>();
  timed.forEach((one, place) => {
    const { event, index, atMs, day } = one;
    const path = ['events', index] as const;
    if (
      market.kind === 'replay' &&
      trackOf(event.kind) === 'market' &&
      event.kind !== 'news' &&
      event.kind !== 'fx' &&
      event.kind !== 'flow'
    )
      tell(
        [...path, 'kind'],
        [
          '기록을 재생하는 시장은 이벤트로 바꿀 수 없습니다. 모의 시장이나 지수 경로를 쓰세요.',
          'A recorded market cannot be changed by events: use a synthetic one or an index path.',
        ],
      );
    for (const other of timed.slice(place + 1)) {
      const [a, b] = [event, other.event];
      const sameIssue = 'issue' in a && 'issue' in b && a.issue === b.issue;
      if (!sameIssue || !overlaps(one, other)) continue;
      if (a.kind === 'limitLock' && b.kind === 'limitLock' && a.side !== b.side)
        tell(
          ['events', other.index],
          [`${a.issue}이(가) 같은 때에 상한가와 하한가에 잠깁니다.`, `${a.issue} is locked at both limits at once.`],
        );
      if (
        (a.kind === 'halt') !== (b.kind === 'halt') &&
        [a.kind, b.kind].every((kind) => kind === 'halt' || kind === 'limitLock' || kind === 'oneSided')
      )
        tell(
          ['events', other.index],
          [
            `${a.issue}은(는) 그때 거래정지입니다. 시간을 떼어 놓으세요.`,
            `${a.issue} is halted then: move one of them.`,
          ],
        );
    }
    if (event.kind === 'viCascade' && event.count > market.issues.length)
      tell(
        [...path, 'count'],
        [
          `종목이 ${market.issues.length}개뿐이라 ${event.count}개가 되지 않습니다. 종목을 더하거나 줄이세요.`,
          `There are ${market.issues.length} issues, not ${event.count}: add some or ask for fewer.`,
        ],
      );
    if (event.kind === 'breaker')
      checkBreaker(event, { path, atMs, day, used, rules: breakerRules(event.market, rulesOn), tell });
    if (event.kind === 'sidecar') {
      const rules = sidecarRules(event.market, rulesOn);
      const key = `${day} ${event.market}`;
      if (sidecars.has(key))
        tell(path, [
          `${event.market} 사이드카는 하루에 한 번뿐입니다. 하나를 지우세요.`,
          'A sidecar comes once a day: remove one.',
        ]);
      sidecars.add(key);
      if (rules && (atMs < OPEN + rules.afterOpenMs + rules.sustainMs || atMs > CLOSE - rules.beforeCloseMs))
        tell(
          [...path, 'at'],
          [
            '사이드카는 개장 5분 뒤부터 장 끝 40분 전까지만 발동합니다.',
            'A sidecar comes only from 5 minutes after the open to 40 minutes before the close.',
          ],
        );
    }
  });
  const kis = timed.some(({ track }) => track === 'fault');
  if (kis && document.accounts.length > 1)
    tell(
      ['accounts'],
      [
        '증권사 장애가 있는 시나리오는 계좌 하나로 실행합니다.',
        'A scenario with faults of the broker is played with one account.',
      ],
    );
}

interface BreakerCheck {
  readonly path: Path;
  readonly atMs: number;
  readonly day: number;
  readonly used: Map<string, number[]>;
  readonly rules: ReturnType<typeof breakerRules>;
  readonly tell: Tell;
}

function checkBreaker(event: Extract<ScenarioEvent, { readonly kind: 'breaker' }>, check: BreakerCheck): void {
  const { path, atMs, day, used, rules, tell } = check;
  if (!rules) return;
  const key = `${day} ${event.market}`;
  const before = used.get(key) ?? [];
  used.set(key, [...before, event.level]);
  if (before.includes(event.level))
    tell(
      [...path, 'level'],
      [`${event.market} ${event.level}단계는 하루에 한 번뿐입니다.`, `Level ${event.level} comes once a day.`],
    );
  if (event.level > 1 && !before.includes(event.level - 1))
    tell(
      [...path, 'level'],
      [
        `${event.level}단계는 ${event.level - 1}단계 뒤에만 발동합니다. 앞에 ${event.level - 1}단계를 넣으세요.`,
        `Level ${event.level} comes only after level ${event.level - 1}.`,
      ],
    );
  const early = atMs < OPEN + rules.afterOpenMs + rules.sustainMs;
  const late = atMs > CLOSE - (rules.notAfterLevels.includes(event.level) ? rules.beforeCloseMs : 0);
  if (early || late)
    tell(
      [...path, 'at'],
      [
        `그 시각에는 ${event.level}단계가 발동하지 않습니다(개장 1분 뒤부터, 1·2단계는 장 끝 40분 전까지).`,
        `Level ${event.level} cannot come at that time.`,
      ],
    );
}
