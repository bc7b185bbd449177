/** O06 Stale feed: prices on the screen are old while the market trades: the line is cut, silent, or has lost an issue. */
import { isContinuous } from '../../../time/index.ts';
import type { BookEvent, IssueEvent, LineEvent, PhaseEvent, ProgramEvent, TradeEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, shortName } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Trail } from '../market/measures.ts';
import { RecentTimes } from '../recent.ts';
import { FrameGaps } from './frame-gaps.ts';
import { TradingTimes, type Trading } from './trading-times.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'ageSeconds',
    labelKo: '활발한 종목의 시세 나이',
    labelEn: 'Age of a lively issue',
    unit: '초',
    initial: 3,
    min: 1,
    max: 60,
    step: 0.5,
  },
  {
    id: 'times',
    labelKo: '평소 간격의 배수',
    labelEn: 'Times the usual gap',
    unit: '배',
    initial: 5,
    min: 2,
    max: 50,
    step: 0.5,
  },
  {
    id: 'silentSeconds',
    labelKo: '전체 침묵',
    labelEn: 'Silence of the whole line',
    unit: '초',
    initial: 10,
    min: 2,
    max: 120,
    step: 1,
  },
  {
    id: 'reconnects',
    labelKo: '1분 재연결',
    labelEn: 'Reconnects in 1 min',
    unit: '건',
    initial: 3,
    min: 1,
    max: 30,
    step: 1,
  },
  {
    id: 'refusals',
    labelKo: '1분 호출 제한',
    labelEn: 'Rate refusals in 1 min',
    unit: '건',
    initial: 3,
    min: 1,
    max: 100,
    step: 1,
  },
];
const ISSUES_KEPT = 10_000;
/** Frames that have to be known of an issue, or of a thin session, before silence says something. */
const LEAST_FRAMES = 20;
/** The shortest silence that counts of an issue that is not lively. */
const QUIET_MS = 30_000;
/** However sparse a line has been, silence beyond this counts; in a thin session none below it does. */
const LONGEST_MS = 60_000;
/** The program itself was asleep when its clock stood still so long. */
const ASLEEP_MS = 5_000;
/** So many good seconds clear. */
const GOOD_SECONDS = 3;
/** This many stale issues, if they are half of all, are the line. */
const MANY = 3;
const MINUTE_MS = 60_000;

class Seat {
  readonly gaps = new FrameGaps();
  name: string;
  lively = false;
  followed = false;
  /** Halted, or in an auction of its own: by its phase, by a VI, by its flags. */
  apart = false;
  vi = false;
  halted = false;
  /** Its age counts from here at the earliest. */
  since = 0;
  stale = false;
  /** It has been said, and so many good seconds have passed since. */
  alarmed = false;
  good = 0;

  constructor(id: string) {
    this.name = shortName(id.slice(id.indexOf(':') + 1));
  }

  get quiet(): boolean {
    return this.apart || this.vi || this.halted;
  }
}

/** An alarm of the program's calls, by a count within a minute. */
class Counted {
  readonly times = new RecentTimes(256);
  alarmed = false;
}

export const STALE_FEED: Detector = {
  id: 'O06',
  nameKo: '시세 멈춤',
  nameEn: 'Stale feed',
  family: 'operation',
  severity: 'H',
  plays: ['P3', 'P8'],
  inputs: ['trade', 'clock'],
  formulaKo:
    '장중에 거래 상위 종목은 3초와 평소 간격(백에 아흔아홉)의 5배 중 긴 쪽(그 밖의 관심 종목은 30초부터), 전체는 10초(드문 시세는 평소 간격의 5배) 동안 시세가 없거나 연결이 끊긴 채면 하나로 묶어 위험으로 알리고, 3초 동안 다시 들어오면 해제하며, 1분에 재연결 3번 초과는 주의, 호출 제한 3번 초과는 알림입니다.',
  formulaEn:
    'While the market trades, a top-100 issue is silent for 3 s and 5 times its usual gap (99th percentile; other followed ones from 30 s), or the whole line for 10 s, or it is down: high, merged into one; it clears after 3 s of frames; more than 3 reconnects a minute: medium; more than 3 rate refusals: a note.',
  warmUpKo:
    '한 종목은 시세 20건, 거래 상위 종목이 없는 연결도 20건부터 보고, 정지·VI 종목과 장외 시간은 보지 않습니다.',
  warmUpEn:
    '20 frames of an issue, or of a line without top-100 issues; halted issues, those in a VI and closed hours are left out.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const ageMs = figure('ageSeconds') * 1_000;
    const times = figure('times');
    const silentMs = figure('silentSeconds') * 1_000;
    const lines = { reconnect: Math.round(figure('reconnects')), rateLimited: Math.round(figure('refusals')) };
    const seats = new Map<string, Seat>();
    const trading = new TradingTimes();
    const counted = { reconnect: new Counted(), rateLimited: new Counted() };
    const feed = new FrameGaps();
    const trail = new Trail(1_000);
    let [lively, up, downTs, since, clockTs] = [0, true, 0, 0, 0];
    let session: Trading = 'none';
    let [sessionFrames, alarmed, good] = [0, false, 0];

    const seatOf = (id: string): Seat | undefined => {
      const found = seats.get(id);
      if (found !== undefined || seats.size >= ISSUES_KEPT) return found;
      const made = new Seat(id);
      seats.set(id, made);
      return made;
    };

    const frame = (event: TradeEvent | BookEvent): void => {
      const { ts } = event;
      feed.add(ts, !alarmed);
      sessionFrames += 1;
      const seat = seats.get(event.id) ?? seatOf(event.id);
      if (seat !== undefined) seat.gaps.add(ts, !seat.alarmed && !alarmed);
    };

    const learn = (event: IssueEvent): void => {
      const seat = seatOf(event.id);
      if (seat === undefined) return;
      if (event.nameKo !== '') seat.name = shortName(event.nameKo);
      if (seat.lively !== event.lively) lively += event.lively ? 1 : -1;
      seat.lively = event.lively;
      seat.followed = event.followed;
      const halted = event.flags.includes('halted');
      if (seat.halted && !halted) seat.since = event.ts;
      seat.halted = halted;
    };

    const turn = (event: PhaseEvent): void => {
      trading.take(event);
      // Issues are judged while KRX trades; what NXT does apart from it says nothing of them.
      if (event.id === null || event.venue !== 'KRX') return;
      const seat = seatOf(event.id);
      if (seat === undefined) return;
      if (seat.apart) seat.since = event.ts;
      seat.apart = !isContinuous(event.phase);
    };

    /** A session that begins, an awakening: everything before is forgotten as silence. */
    const afresh = (ts: number, what: Trading): void => {
      since = ts;
      if (what === session) return;
      session = what;
      sessionFrames = 0;
      // How often frames come in one session says nothing of another.
      feed.forget();
    };

    const sayFeed = (words: {
      readonly ko: string;
      readonly en: string;
      readonly values: Record<string, number>;
      readonly age: number;
      readonly line: number;
    }): void => {
      alarmed = true;
      mouth.fire({
        subject: 'feed',
        severity: 'H',
        values: { ageSeconds: words.age / 1_000, lineSeconds: words.line / 1_000, ...words.values },
        sentenceKo: words.ko,
        sentenceEn: words.en,
        picture: trail.picture(words.age / 1_000, words.line / 1_000),
      });
    };

    const lineOf = (seat: Seat): number =>
      Math.max(seat.lively ? ageMs : Math.max(ageMs, QUIET_MS), times * seat.gaps.usual);

    const quietIssue = (id: string, seat: Seat): void => {
      if (seat.alarmed) mouth.clear(id);
      seat.alarmed = false;
      seat.good = 0;
    };

    const sayIssue = (id: string, seat: Seat, age: number, line: number): void => {
      seat.alarmed = true;
      const [seconds, usual] = [age / 1_000, seat.gaps.usual / 1_000];
      mouth.fire({
        subject: id,
        severity: 'H',
        values: { ageSeconds: seconds, lineSeconds: line / 1_000, usualSeconds: usual },
        sentenceKo: `${seat.name} 시세가 ${decimal(seconds, 1)}초째 들어오지 않습니다(선 ${decimal(line / 1_000, 1)}초, 평소 ${decimal(usual, 1)}초 이내).`,
        sentenceEn: `No price of ${seat.name} for ${decimal(seconds, 1)} s (line ${decimal(line / 1_000, 1)} s, usually within ${decimal(usual, 1)} s).`,
        picture: { points: [usual, seconds], line: line / 1_000 },
      });
    };

    /** Marks the stale issues; how many were looked at, how many are stale, and the longest age, ms. */
    const mark = (ts: number): { readonly looked: number; readonly stale: number; readonly longest: number } => {
      let [looked, stale, longest] = [0, 0, 0];
      for (const [, seat] of seats) {
        seat.stale = false;
        const { gaps } = seat;
        if (!(seat.lively || seat.followed) || gaps.frames < LEAST_FRAMES) continue;
        // In a thin session few issues trade, and which ones nobody can tell.
        if (seat.quiet || session !== 'regular') continue;
        looked += 1;
        const age = ts - Math.max(gaps.last, since, seat.since);
        seat.stale = age > lineOf(seat);
        if (!seat.stale) continue;
        stale += 1;
        longest = Math.max(longest, age);
      }
      return { looked, stale, longest };
    };

    /** Everything that is looked at is halted or in an auction of its own, as after a circuit breaker. */
    const allStopped = (): boolean => {
      for (const [, seat] of seats) if (!seat.quiet) return false;
      return seats.size > 0;
    };

    const silence = (ts: number): boolean => {
      // While nothing can trade there is nothing to be late; it is waited for anew afterwards.
      if (up && !alarmed && allStopped()) since = ts;
      const age = ts - Math.max(feed.last, since);
      trail.add(ts, age / 1_000);
      if (!up) {
        const down = ts - Math.max(downTs, since);
        if (down <= ageMs) return alarmed;
        if (!alarmed)
          sayFeed({
            ko: `장중에 시세 연결이 ${decimal(down / 1_000, 1)}초째 끊겨 있습니다.`,
            en: `The line of prices has been down for ${decimal(down / 1_000, 1)} s during trading.`,
            values: { down: 1 },
            age: down,
            line: ageMs,
          });
        return true;
      }
      const usual = times * feed.usual;
      const line = session === 'thin' ? Math.max(LONGEST_MS, usual) : Math.max(silentMs, Math.min(usual, LONGEST_MS));
      const expected = session === 'regular' && lively > 0 ? true : sessionFrames >= LEAST_FRAMES;
      if (!expected || age <= line) return false;
      if (!alarmed)
        sayFeed({
          ko: `연결은 되어 있는데 시세가 ${decimal(age / 1_000, 1)}초째 하나도 오지 않습니다(선 ${decimal(line / 1_000, 1)}초).`,
          en: `The line is up, and no price has come for ${decimal(age / 1_000, 1)} s (line ${decimal(line / 1_000, 1)} s).`,
          values: { down: 0 },
          age,
          line,
        });
      return true;
    };

    const judge = (ts: number): void => {
      let bad = silence(ts);
      const { looked, stale, longest } = mark(ts);
      const whole = stale > 0 && (stale === looked || (stale >= MANY && 2 * stale >= looked));
      if (whole && !bad && !alarmed) {
        sayFeed({
          ko: `시세가 멈췄습니다: 보고 있는 ${decimal(looked)}종목 중 ${decimal(stale)}종목이 평소보다 오래(길게는 ${decimal(longest / 1_000, 1)}초) 조용합니다.`,
          en: `Prices have stopped: ${decimal(stale)} of ${decimal(looked)} issues have been silent longer than usual (up to ${decimal(longest / 1_000, 1)} s).`,
          values: { stale, looked },
          age: longest,
          line: ageMs,
        });
      }
      bad ||= whole;
      good = bad || feed.last <= since ? 0 : good + 1;
      if (alarmed && good >= GOOD_SECONDS) {
        alarmed = false;
        // Issues are given their time to be heard again.
        since = ts;
        mouth.clear('feed');
        return;
      }
      for (const [id, seat] of seats) {
        if (!seat.stale && !seat.alarmed) continue;
        if (alarmed) quietIssue(id, seat);
        else if (seat.stale) {
          seat.good = 0;
          if (!seat.alarmed) sayIssue(id, seat, ts - Math.max(seat.gaps.last, since, seat.since), lineOf(seat));
        } else {
          seat.good += 1;
          if (seat.good >= GOOD_SECONDS) quietIssue(id, seat);
        }
      }
    };

    const silent = (): void => {
      // Nothing trades: nothing is stale.
      if (alarmed) mouth.clear('feed');
      alarmed = false;
      for (const [id, seat] of seats) quietIssue(id, seat);
    };

    const count = ({ ts, what }: ProgramEvent): void => {
      if (what !== 'reconnect' && what !== 'rateLimited') return;
      const own = counted[what];
      own.times.add(ts);
      const found = own.times.after(ts - MINUTE_MS);
      const line = lines[what];
      if (own.alarmed || found <= line) return;
      own.alarmed = true;
      const again = what === 'reconnect';
      mouth.fire({
        subject: again ? 'line' : 'calls',
        severity: again ? 'M' : 'L',
        values: { count: found, line },
        sentenceKo: again
          ? `시세 연결을 1분에 ${decimal(found)}번 다시 열었습니다(선 ${decimal(line)}번). 잠시 쉬지 않으면 증권사가 막을 수 있습니다.`
          : `1분에 호출 제한 거절이 ${decimal(found)}번 나왔습니다(선 ${decimal(line)}번). 잔고와 주문 조회가 늦어집니다.`,
        sentenceEn: again
          ? `The line was opened ${decimal(found)} times within a minute (line ${decimal(line)}); the broker may block it.`
          : `${decimal(found)} calls were refused for their rate within a minute (line ${decimal(line)}); balances and orders come late.`,
        picture: { points: [found], line },
      });
    };

    return {
      issue: learn,
      phase: turn,
      trade: frame,
      book: frame,
      vi: ({ ts, id, on }) => {
        const seat = seatOf(id);
        if (seat === undefined) return;
        if (seat.vi && !on) seat.since = ts;
        seat.vi = on;
      },
      line: ({ ts, state }: LineEvent) => {
        if (state === 'up' && !up) since = ts;
        if (state === 'down' && up) downTs = ts;
        up = state === 'up';
      },
      program: count,
      clock: ({ ts }) => {
        const what = trading.now(ts);
        if (what !== session || ts - Math.max(clockTs, feed.last) > ASLEEP_MS) afresh(ts, what);
        clockTs = ts;
        if (session === 'none') silent();
        else judge(ts);
        for (const what of ['reconnect', 'rateLimited'] as const) {
          const own = counted[what];
          if (!own.alarmed || own.times.after(ts - MINUTE_MS) > 0) continue;
          own.alarmed = false;
          mouth.clear(what === 'reconnect' ? 'line' : 'calls');
        }
      },
    };
  },
};
