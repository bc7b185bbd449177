/** What the user should do about a connection before it stops working. */
import facts from '#resources/kis/keys.json' with { type: 'json' };
import type { KisReminder } from '#shared/domain/index.ts';
import { addDays, sessionDate, type SessionDate } from '#shared/time/index.ts';
import type { StoredConnection } from './connection-file.ts';

/** @source resources/kis/keys.json */
const RENEW_DAYS = facts.renewFromDaysBefore.value;
const VALID_MONTHS = facts.validMonths.value;
const INACTIVE_MONTHS = facts.inactiveMonths.value;
/** Days before the service may end on which the reminder begins. */
const INACTIVE_NOTICE_DAYS = 21;

function addMonths(date: SessionDate, months: number): SessionDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(first / 12), (first % 12) + 1];
  const text = (lastDay: number): string =>
    `${toYear}-${String(toMonth).padStart(2, '0')}-${String(lastDay).padStart(2, '0')}`;
  // The 31st of a month becomes the last day of one that is shorter.
  for (let lastDay = day; lastDay > 28; lastDay -= 1) {
    try {
      return sessionDate(text(lastDay));
    } catch {
      continue;
    }
  }
  return sessionDate(text(Math.min(day, 28)));
}

/** The day on which keys end that were issued on a day. */
export function keyExpiry(issuedOn: string | null): SessionDate | null {
  return issuedOn === null ? null : addMonths(sessionDate(issuedOn), VALID_MONTHS);
}

function daysBetween(from: SessionDate, to: SessionDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function keyReminder(expiresOn: SessionDate | null, today: SessionDate): KisReminder | null {
  if (expiresOn === null) {
    return {
      kind: 'issueDateUnknown',
      level: 'info',
      textKo: '키를 발급받은 날을 적어 두면 1년 만료를 미리 알려 드립니다.',
    };
  }
  const left = daysBetween(today, expiresOn);
  if (left < 0) {
    return {
      kind: 'keyExpired',
      level: 'high',
      textKo: `키가 ${expiresOn}에 만료되었습니다. KIS Developers에서 다시 발급받아 새 키를 넣으세요.`,
    };
  }
  if (left > RENEW_DAYS) return null;
  return {
    kind: 'keyExpiring',
    level: 'caution',
    textKo: `키가 ${expiresOn}에 만료됩니다(${left}일 남음). 지금부터 갱신할 수 있고, 갱신하면 키가 바뀌므로 새 키를 다시 넣어야 합니다.`,
  };
}

function inactiveReminder(stored: StoredConnection, today: SessionDate): KisReminder | null {
  const since = sessionDate(stored.lastTradedOn ?? stored.savedOn);
  const endsOn = addMonths(since, INACTIVE_MONTHS);
  if (today < addDays(endsOn, -INACTIVE_NOTICE_DAYS)) return null;
  const what = stored.lastTradedOn === null ? '여기서 거래한 기록이 없습니다' : `마지막 거래가 ${since}입니다`;
  return {
    kind: 'inactive',
    level: today > endsOn ? 'high' : 'caution',
    textKo: `${what}. 석 달 동안 거래가 없으면 증권사가 API 서비스를 해지할 수 있습니다(${endsOn} 무렵).`,
  };
}

/** Everything there is to say about a connection on a day, the most urgent first. */
export function remindersOf(
  stored: StoredConnection,
  facts: { readonly today: SessionDate; readonly memoryOnly: boolean },
): KisReminder[] {
  const { today, memoryOnly } = facts;
  const official = stored.endpoint === 'official';
  const reminders: (KisReminder | null)[] = [
    // The offline server's keys end when it does.
    official ? keyReminder(keyExpiry(stored.keyIssuedOn), today) : null,
    official ? inactiveReminder(stored, today) : null,
    stored.htsIdSigns
      ? {
          kind: 'htsIdSigns',
          level: 'caution',
          textKo: 'HTS ID에 $나 @가 있으면 체결통보가 오지 않을 수 있습니다. 오지 않으면 HTS ID를 바꾸세요.',
        }
      : null,
    memoryOnly
      ? {
          kind: 'memoryOnly',
          level: 'caution',
          textKo: '키가 메모리에만 있어 Maru를 끄면 지워집니다. 다음에 다시 넣어야 합니다.',
        }
      : null,
  ];
  const order = ['high', 'caution', 'info'];
  return reminders
    .filter((reminder) => reminder !== null)
    .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
