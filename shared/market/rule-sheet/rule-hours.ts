/** Rule rows of the sessions of both venues and of the order types taken now. */
import type { Route, RuleRow } from '../../domain/index.ts';
import { CATALOG, NAME_KO } from '../../errors/index.ts';
import { kstTimeText, type EpochMs, type Phase } from '../../time/index.ts';
import { ORDER_TEXT_FROM, orderChoices, type OrderChoice, type VenueMoment } from '../order-code.ts';
import { row, textKnown, unknownRow, type RuleContext, type VenueNow } from './rule-context.ts';
import { hoursKnownFrom, nxtOpenOn, type SchedulePart } from '../trading-hours.ts';

const SOURCE = 'resources/krx/sessions.json';
/** Seconds are told only where there are some. */
const clock = (at: EpochMs): string => kstTimeText(at).replace(/:00$/, '');
const phaseKo = (phase: Phase): string => NAME_KO[phase];

function nowRow(now: VenueNow, context: RuleContext): RuleRow {
  const { venue, moment, schedule } = now;
  const part = schedule?.parts.find((each) => context.at >= each.startTs && context.at < each.endTs);
  const own = moment.phase === moment.venuePhase ? '' : ` (이 종목은 ${phaseKo(moment.phase)})`;
  const random = part && part.randomEndMs > 0 ? `, 끝은 ${part.randomEndMs / 1_000}초까지 늦어질 수 있음` : '';
  const bounds = part ? ` ${clock(part.startTs)}~${clock(part.endTs)}${random}` : '';
  return row({
    id: `session.${venue}.now`,
    labelKo: `${venue} 지금`,
    valueKo: context.sessionDay ? `${phaseKo(moment.venuePhase)}${own}${bounds}` : '휴장일',
    value: moment.phase,
    source: now.source,
    date: now.from,
    status: part?.status ?? 'C',
  });
}

/** Parts of the day still to come, that last some time. */
function coming(parts: readonly SchedulePart[], at: EpochMs): readonly SchedulePart[] {
  return parts.filter((part) => part.startTs > at && part.endTs >= part.startTs);
}

function nextRow(now: VenueNow, context: RuleContext): RuleRow {
  const parts = coming(now.schedule?.parts ?? [], context.at);
  const text = parts.map((part) =>
    part.endTs === part.startTs
      ? `${clock(part.startTs)} ${phaseKo(part.phase)}`
      : `${clock(part.startTs)}~${clock(part.endTs)} ${phaseKo(part.phase)}`,
  );
  const unsure = parts.some((part) => part.status === 'U');
  return row({
    id: `session.${now.venue}.next`,
    labelKo: `${now.venue} 다음`,
    valueKo: text.length === 0 ? '오늘은 더 없음' : text.join(', '),
    value: parts.map((part) => ({ phase: part.phase, from: kstTimeText(part.startTs), to: kstTimeText(part.endTs) })),
    source: now.source,
    date: now.from,
    status: unsure ? 'U' : 'C',
    noteKo: unsure ? '확인되지 않은 시간이 들어 있습니다.' : null,
  });
}

function windowRow(now: VenueNow): RuleRow | null {
  const windows = now.schedule?.windows ?? [];
  if (windows.length === 0) return null;
  const NAMES = { preClose: '장전 시간외 종가', postClose: '장후 시간외 종가' } as const;
  return row({
    id: `session.${now.venue}.fixedPrice`,
    labelKo: `${now.venue} 시간외 종가`,
    valueKo: windows
      .map(
        (w) =>
          `${NAMES[w.type]} 접수 ${clock(w.acceptFrom)}~${clock(w.acceptTo)}, 체결 ${clock(w.matchFrom)}~${clock(w.matchTo)}`,
      )
      .join(' · '),
    value: windows.map((w) => ({
      type: w.type,
      acceptFrom: kstTimeText(w.acceptFrom),
      acceptTo: kstTimeText(w.acceptTo),
      matchFrom: kstTimeText(w.matchFrom),
      matchTo: kstTimeText(w.matchTo),
    })),
    source: now.source,
    date: now.from,
    status: windows.some((w) => w.status === 'U') ? 'U' : 'C',
  });
}

/** A year whose holidays are not known. */
function calendarRow({ calendar, date }: RuleContext): RuleRow | null {
  if (date >= calendar.from && date <= calendar.to) return null;
  return row({
    id: 'session.calendar',
    labelKo: '휴장일',
    valueKo: '모름',
    value: null,
    source: 'resources/krx/calendar.json',
    status: 'U',
    noteKo: '이 해의 휴장일은 모릅니다. 평일이면 여는 것으로 보았습니다.',
  });
}

function shiftRow(context: RuleContext): RuleRow | null {
  const { openDelayMin, closeDelayMin } = context.calendar.shift(context.date);
  if (openDelayMin === 0 && closeDelayMin === 0) return null;
  return row({
    id: 'session.shift',
    labelKo: '시간이 바뀐 날',
    valueKo: `개장 ${openDelayMin}분, 폐장 ${closeDelayMin}분 늦음`,
    value: [{ openDelayMin, closeDelayMin }],
    source: 'resources/krx/calendar.json',
    date: context.date,
    status: closeDelayMin > 0 && context.date < '2027-01-01' ? 'C' : 'U',
    noteKo: '애프터마켓의 시작과 NXT의 시간은 확인되지 않았습니다.',
  });
}

/** What each venue does now and next. */
export function sessionRows(context: RuleContext): readonly RuleRow[] {
  const { krx, nxt, date } = context;
  const rows: (RuleRow | null)[] = [calendarRow(context), shiftRow(context)];
  if (krx === null) rows.push(unknownRow('session.KRX.now', 'KRX 지금', SOURCE));
  for (const now of [krx, nxt])
    if (now !== null) rows.push(nowRow(now, context), nextRow(now, context), windowRow(now));
  if (!nxtOpenOn(date)) {
    const opened = hoursKnownFrom('NXT');
    rows.push(
      row({
        id: 'session.NXT.now',
        labelKo: 'NXT 지금',
        valueKo: `아직 없던 때 (${opened} 개장)`,
        value: null,
        source: SOURCE,
        date: opened,
        status: 'C',
      }),
    );
  }
  return rows.filter((each) => each !== null);
}

function choiceText({ ordDvsn, nameKo }: OrderChoice): string {
  return `${nameKo}(${ordDvsn})`;
}

function routeRow(context: RuleContext, route: Route, moments: { krx: VenueMoment; nxt: VenueMoment | null }): RuleRow {
  const choices = orderChoices({ route, ...moments, issue: context.kindIssue });
  const valid = choices.filter((choice) => choice.valid);
  const assumed = route !== 'KRX' && context.issue.nxt === null;
  const known = textKnown(context.date, { from: ORDER_TEXT_FROM, status: 'C' });
  const unsure = assumed || valid.some((choice) => choice.status === 'U');
  return row({
    id: `order.${route}`,
    labelKo: `${route} 주문 유형`,
    valueKo: valid.length === 0 ? '지금 받는 유형 없음' : valid.map(choiceText).join(', '),
    value: choices.map(({ ordDvsn, type, timeInForce, session, nameKo, priced, valid: taken, reason, status }) => ({
      ordDvsn,
      type,
      timeInForce,
      session,
      nameKo,
      priced,
      valid: taken,
      reason,
      reasonKo: reason === null ? null : CATALOG[`EXCH_${reason}`].ko,
      status,
    })),
    source: 'resources/krx/order-types.json: KIS notice 2026-09-09, KRX Enforcement Rules 2026-04-27 art. 13-14',
    date: null,
    status: unsure ? 'U' : known.status,
    noteKo: assumed ? 'NXT 거래 종목인지 몰라, 거래되는 것으로 보았습니다.' : known.noteKo,
  });
}

/** Types taken now by route, each refused one with its reason. */
export function orderRows(context: RuleContext): readonly RuleRow[] {
  const { krx, nxt } = context;
  if (krx === null) return [unknownRow('order.KRX', 'KRX 주문 유형', SOURCE)];
  const moments = { krx: krx.moment, nxt: nxt?.moment ?? null };
  const routes: readonly Route[] = nxt === null ? ['KRX'] : ['KRX', 'NXT', 'SOR'];
  return routes.map((route) => routeRow(context, route, moments));
}
