/** A05 VaR breach: the account has lost more today than its holdings should lose on one day of a hundred, or does so too often. */
import type { AccountEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent, wonEn, wonKo } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Subjects, subjectOf } from '../recent.ts';
import { historicalVar, pastReturns, VAR_DAYS } from './historical-risk.ts';
import { ACCOUNTS_KEPT, isPriced, Standing } from './standing.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'levelPct',
    labelKo: '신뢰 수준',
    labelEn: 'Confidence',
    unit: '%',
    initial: 99,
    min: 90,
    max: 99.5,
    step: 0.5,
  },
  {
    id: 'breaches',
    labelKo: '250일 초과',
    labelEn: 'Breaches in 250 days',
    unit: '건',
    initial: 4,
    min: 2,
    max: 20,
    step: 1,
  },
  {
    id: 'leastDays',
    labelKo: '최소 과거',
    labelEn: 'Least past (days)',
    unit: '',
    initial: 60,
    min: 20,
    max: 250,
    step: 10,
  },
];
/** Part of the holdings whose past has to be known. */
const LEAST_COVERED = 0.8;
/** It is reckoned anew so often, while there is a loss to compare it with. */
const RECKON_EVERY_MS = 30_000;
/** Closes of so many issues are kept. */
const ISSUES_KEPT = 2_000;
/** It clears once the loss is this part of the value at risk. */
const BACK = 0.8;
/** On the same day it is told again only when the loss is so many times the one that was told. */
const WORSE = 1.25;

class Own extends Standing {
  /** The largest of the day: a loss stays one of the holdings it came from. */
  varKrw = 0;
  days = 0;
  reckoned = 0;
  /** What was held when it was reckoned. */
  holdings = 0;
  breached = false;
  /** The loss that was last told today. */
  toldKrw = 0;
  /** Trading days seen, and on which of them it was breached. */
  seenDays = 0;
  breaches: number[] = [];

  newDay(): void {
    this.varKrw = 0;
    this.reckoned = 0;
    this.breached = false;
    this.toldKrw = 0;
    this.seenDays += 1;
    this.breaches = this.breaches.filter((day) => day > this.seenDays - VAR_DAYS);
  }
}

function quantityOf({ positions }: AccountEvent): number {
  let sum = 0;
  for (const { quantity } of positions) if (Number.isFinite(quantity)) sum += Math.abs(quantity);
  return sum;
}

export const VAR_BREACH: Detector = {
  id: 'A05',
  nameKo: 'VaR 초과',
  nameEn: 'VaR breach',
  family: 'portfolio',
  severity: 'H',
  plays: ['P2'],
  inputs: ['account', 'issue'],
  formulaKo:
    '오늘 손실이 지금 보유 종목의 최근 250일로 계산한 99 % VaR(백 번에 한 번 넘는 하루 손실)를 넘거나 그런 날이 250일에 4번이면 알리고, 손실이 VaR의 80 % 안으로 돌아오면 해제합니다. 같은 날에는 손실이 1.25배로 커졌을 때만 다시 알립니다.',
  formulaEn:
    "Today's loss is above the 99 % value at risk of the present holdings over the last 250 days, or such days number 4 in 250; it clears once the loss is within 80 % of it, and is told again on the day only at 1.25 times the loss.",
  warmUpKo: '보유 금액의 80 % 이상에 60일 넘는 종가가 있을 때부터 보고, 초과 횟수는 지켜본 날만 셉니다.',
  warmUpEn: 'Closes of 60 days for 80 % of what is held; breaches are counted over the days watched.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const level = figure('levelPct') / 100;
    const often = Math.round(figure('breaches'));
    const leastDays = figure('leastDays');
    const pasts = new Map<string, Float64Array>();
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const reckon = (account: Own, event: AccountEvent): void => {
      const held = quantityOf(event);
      if (event.ts - account.reckoned < RECKON_EVERY_MS && held === account.holdings) return;
      account.reckoned = event.ts;
      account.holdings = held;
      const { lossKrw, days, covered } = historicalVar(event.positions, pasts, level);
      if (days < leastDays || covered < LEAST_COVERED || !(lossKrw > account.varKrw) || lossKrw === Infinity) return;
      account.varKrw = lossKrw;
      account.days = days;
    };

    const say = (event: AccountEvent, account: Own, lossKrw: number): void => {
      const { equityKrw, dayStartKrw, accountId } = event;
      const { varKrw, days, trail } = account;
      const times = account.breaches.length;
      const many = times >= often;
      const lossPct = lossKrw / dayStartKrw;
      mouth.fire({
        subject: subjectOf(accountId),
        severity: 'H',
        values: { lossKrw, varKrw, lossPct: lossPct * 100, equityKrw, days, breaches: times },
        sentenceKo: `오늘 손실 ${wonKo(lossKrw)}(${percent(lossPct)})이 최근 ${decimal(days)}일로 본 하루 위험액 ${wonKo(varKrw)}을 넘었습니다${many ? `(250일 동안 ${decimal(times)}번째)` : ''}.`,
        sentenceEn: `Today's loss of ${wonEn(lossKrw)} (${percent(lossPct)}) is above the value at risk of ${wonEn(varKrw)} over ${decimal(days)} days${many ? ` (breach ${decimal(times)} in 250 days)` : ''}.`,
        picture: trail.picture(-lossPct * 100, (-varKrw / dayStartKrw) * 100),
      });
    };

    return {
      issue: ({ id, closes }) => {
        if (closes.length === 0) return;
        const past = pastReturns(closes);
        if (past === null || (pasts.size >= ISSUES_KEPT && !pasts.has(id))) return;
        pasts.set(id, past);
      },
      account: (event) => {
        const { ts, accountId, equityKrw, dayStartKrw } = event;
        if (!isPriced(event) || !(dayStartKrw > 0 && dayStartKrw < Infinity)) return;
        const account = accounts.of(accountId);
        if (account.turn(ts) || account.seenDays === 0) {
          account.newDay();
          if (account.stage === 1 || (account.stage === 2 && account.breaches.length < often)) {
            account.stage = 0;
            mouth.clear(subjectOf(accountId));
          }
        }
        const lossKrw = dayStartKrw - equityKrw;
        account.trail.add(ts, (-lossKrw / dayStartKrw) * 100);
        reckon(account, event);
        if (account.varKrw === 0) return;
        if (lossKrw > account.varKrw) {
          if (!account.breached) {
            account.breached = true;
            account.breaches.push(account.seenDays);
          }
          const stage = account.breaches.length >= often ? 2 : 1;
          if (stage > account.stage && lossKrw >= WORSE * account.toldKrw) {
            account.stage = stage;
            account.toldKrw = lossKrw;
            say(event, account, lossKrw);
          }
        } else if (account.stage === 1 && lossKrw < BACK * account.varKrw) {
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        }
      },
    };
  },
};
