/** The timeline of a scenario: what happens to the market, to the venue and the broker, and to safety. */
import { z } from 'zod';
import { Side } from '../order.ts';
import { Minutes, Percent, ScenarioIssue, ScenarioTarget, Seconds, when } from './terms.ts';

const Factor = z.number().min(0.05).max(20);
const MarketName = z.enum(['KOSPI', 'KOSDAQ']);

/** What happens to the market. Percents are of the previous close. */
export const MARKET_EVENTS = [
  /** 갭: the day opens so far away. Belongs to the open of its day: `at` counts as the open. */
  z.strictObject({ kind: z.literal('gap'), ...when, target: ScenarioTarget, pct: Percent }),
  /** 추세: prices go so far within the time, and stay there. */
  z.strictObject({ kind: z.literal('drift'), ...when, target: ScenarioTarget, pct: Percent, minutes: Minutes }),
  /** 변동성: moves are so many times as large. */
  z.strictObject({ kind: z.literal('volatility'), ...when, target: ScenarioTarget, factor: Factor, minutes: Minutes }),
  /** 유동성 고갈: the book is so many times as deep. */
  z.strictObject({ kind: z.literal('liquidity'), ...when, target: ScenarioTarget, factor: Factor, minutes: Minutes }),
  /** 한쪽 호가: nobody quotes this side any more. */
  z.strictObject({ kind: z.literal('oneSided'), ...when, issue: ScenarioIssue, side: Side, minutes: Minutes }),
  /** VI 연쇄: so many issues move by `pct` one after another, `everySeconds` apart. */
  z.strictObject({
    kind: z.literal('viCascade'),
    ...when,
    count: z.int().min(1).max(100),
    pct: Percent,
    everySeconds: Seconds,
  }),
  /** 서킷브레이커: the index goes below the level's threshold in time for a halt at this very minute. */
  z.strictObject({
    kind: z.literal('breaker'),
    ...when,
    market: MarketName,
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  }),
  /** 사이드카: the index futures go beyond their threshold in time for a halt of program orders at this very minute. */
  z.strictObject({ kind: z.literal('sidecar'), ...when, market: MarketName, side: Side }),
  /** 거래정지; null: until the end of the day. */
  z.strictObject({
    kind: z.literal('halt'),
    ...when,
    issue: ScenarioIssue,
    minutes: Minutes.nullable(),
    reason: z.string().max(100).optional(),
  }),
  /** 상·하한가 잠김. */
  z.strictObject({
    kind: z.literal('limitLock'),
    ...when,
    issue: ScenarioIssue,
    side: z.enum(['upper', 'lower']),
    minutes: Minutes,
  }),
  /** KRX·NXT 괴리: NXT trades so many percent away from KRX. */
  z.strictObject({ kind: z.literal('venueSplit'), ...when, issue: ScenarioIssue, pct: Percent, minutes: Minutes }),
  /** 환율 충격: the won weakens (+) or strengthens (−) within the time. */
  z.strictObject({ kind: z.literal('fx'), ...when, pct: Percent, minutes: Minutes }),
  /** 수급 충격: net purchases (+) or sales (−) of a group within the time, hundred million won. */
  z.strictObject({
    kind: z.literal('flow'),
    ...when,
    group: z.enum(['foreign', 'institution', 'retail']),
    market: MarketName,
    eokKrw: z.number().min(-1_000_000).max(1_000_000),
    minutes: Minutes,
  }),
  /** 뉴스: a title that is shown. */
  z.strictObject({
    kind: z.literal('news'),
    ...when,
    title: z.string().min(1).max(200),
    issue: ScenarioIssue.optional(),
  }),
] as const;

/** What happens to the venue and the broker: acts through the hooks of the emulator, so that the client's real code meets it. */
export const FAULT_EVENTS = [
  /** 지연: answers come so much later. */
  z.strictObject({
    kind: z.literal('latency'),
    ...when,
    ms: z.int().min(1).max(60_000),
    seconds: Seconds,
    only: z.enum(['orders', 'others']).optional(),
  }),
  /** 무응답: the next calls get no answer; `taken`: they were carried out. */
  z.strictObject({
    kind: z.literal('silence'),
    ...when,
    count: z.int().min(1).max(100),
    taken: z.boolean(),
    only: z.enum(['orders', 'others']).optional(),
  }),
  /** 시세 단절: the line breaks, and cannot be opened for so long. */
  z.strictObject({ kind: z.literal('cutFeed'), ...when, seconds: Seconds }),
  /** 시세 멈춤: the line stands and nothing comes. */
  z.strictObject({ kind: z.literal('freezeFeed'), ...when, seconds: Seconds }),
  /** 중복·누락 체결통보. */
  z.strictObject({ kind: z.literal('duplicateNotices'), ...when, count: z.int().min(1).max(1_000) }),
  z.strictObject({ kind: z.literal('missNotices'), ...when, count: z.int().min(1).max(1_000) }),
  /** 거부: the next new orders get a number and are refused by a notice. */
  z.strictObject({
    kind: z.literal('reject'),
    ...when,
    count: z.int().min(1).max(1_000),
    text: z.string().max(100).optional(),
  }),
  /** 호출 제한 폭주 (EGW00201). */
  z.strictObject({ kind: z.literal('rateStorm'), ...when, seconds: Seconds }),
  /** 토큰 만료. */
  z.strictObject({ kind: z.literal('expireToken'), ...when }),
  /** 점검. */
  z.strictObject({ kind: z.literal('maintenance'), ...when, seconds: Seconds, as: z.enum(['html', 'code']) }),
  /** 전문 열 변화: records have so many columns more (less); 0: as they should be. */
  z.strictObject({ kind: z.literal('columns'), ...when, more: z.int().min(-10).max(10), seconds: Seconds }),
] as const;

/** What happens to safety. */
export const SECURITY_EVENTS = [
  /** 키 노출: key-shaped text, made up, shows up outside the vault. */
  z.strictObject({
    kind: z.literal('keyInText'),
    ...when,
    where: z.enum(['log', 'export', 'clipboard', 'file', 'crash']),
  }),
  /** 폭주하는 자동 주문. */
  z.strictObject({
    kind: z.literal('orderBurst'),
    ...when,
    issue: ScenarioIssue,
    side: Side,
    count: z.int().min(1).max(10_000),
    seconds: Seconds,
    quantity: z.int().min(1).max(1_000_000).optional(),
  }),
  /** 시계 어긋남: our clock stands so far from the server's. */
  z.strictObject({
    kind: z.literal('clockShift'),
    ...when,
    ms: z.int().min(-86_400_000).max(86_400_000),
    seconds: Seconds,
  }),
  /** 변조된 파일. */
  z.strictObject({ kind: z.literal('tamper'), ...when, what: z.enum(['journal', 'settings', 'scenario']) }),
  /** 프로그램 밖에서 발급된 토큰. */
  z.strictObject({ kind: z.literal('foreignToken'), ...when, count: z.int().min(1).max(10) }),
] as const;

export const ScenarioEvent = z.discriminatedUnion('kind', [...MARKET_EVENTS, ...FAULT_EVENTS, ...SECURITY_EVENTS]);
export type ScenarioEvent = z.infer<typeof ScenarioEvent>;
export type ScenarioEventKind = ScenarioEvent['kind'];

const kindsOf = (
  list: readonly { readonly shape: { readonly kind: { readonly value: string } } }[],
): readonly string[] => list.map((each) => each.shape.kind.value);

export type EventTrack = 'market' | 'fault' | 'security';

const TRACKS: ReadonlyMap<string, EventTrack> = new Map([
  ...kindsOf(MARKET_EVENTS).map((kind) => [kind, 'market'] as const),
  ...kindsOf(FAULT_EVENTS).map((kind) => [kind, 'fault'] as const),
  ...kindsOf(SECURITY_EVENTS).map((kind) => [kind, 'security'] as const),
]);

/** Kinds of events in the order of the catalogue. */
export const SCENARIO_EVENT_KINDS = [...TRACKS.keys()] as readonly ScenarioEventKind[];

/** The track of the timeline that a kind belongs to. */
export function trackOf(kind: ScenarioEventKind): EventTrack {
  return TRACKS.get(kind) ?? 'market';
}
