/** A06 Margin risk (미수): the settled cash of the day after tomorrow is short, or hardly any buying power is left. */
import type { AccountEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { percent, wonEn, wonKo } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Subjects, subjectOf } from '../recent.ts';
import { ACCOUNTS_KEPT, Standing } from './standing.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'powerPct',
    labelKo: '주문 가능 금액',
    labelEn: 'Buying power',
    unit: '%',
    initial: 10,
    min: 0.5,
    max: 50,
    step: 0.5,
  },
  {
    id: 'cashKrw',
    labelKo: 'D+2 예수금',
    labelEn: 'Cash at D+2',
    unit: '원',
    initial: 0,
    min: -1e9,
    max: 1e9,
    step: 10_000,
  },
];
/** Buying power this many times its line clears. */
const BACK = 1.2;
/** What stands so soon after the first look at an account was there before. */
const STANDING_MS = 60_000;

class Own extends Standing {
  firstTs = 0;
}

export const MARGIN_RISK: Detector = {
  id: 'A06',
  nameKo: '미수 위험',
  nameEn: 'Margin risk',
  family: 'account',
  severity: 'H',
  plays: ['P5'],
  inputs: ['account'],
  formulaKo:
    'D+2 예수금이 0원보다 적으면 위험, 주문 가능 금액이 순자산의 10 %보다 적어지면 주의(처음 본 때부터 그랬으면 알림)이고, 예수금이 0원 이상이고 주문 가능 금액이 선의 1.2배를 넘으면 해제합니다.',
  formulaEn:
    'Cash at D+2 is below 0: high; buying power falls below 10 % of equity: medium (a note where it was so from the first look); it clears once cash is not below 0 and buying power above 1.2 times its line.',
  warmUpKo: '순자산이 0원보다 클 때부터 봅니다.',
  warmUpEn: 'Equity above 0.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const powerLine = figure('powerPct') / 100;
    const cashLine = figure('cashKrw');
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const say = (event: AccountEvent, account: Own, short: boolean, severity: 'L' | 'M' | 'H'): void => {
      const { equityKrw, buyingPowerKrw, cashD2Krw } = event;
      const share = buyingPowerKrw / equityKrw;
      const power = Number.isFinite(share) ? { powerPct: share * 100, buyingPowerKrw } : {};
      mouth.fire({
        subject: subjectOf(event.accountId),
        severity,
        values: { ...power, ...(Number.isFinite(cashD2Krw) ? { cashD2Krw } : {}), equityKrw },
        sentenceKo: short
          ? `모레(D+2) 예수금이 ${wonKo(cashD2Krw)}으로 모자랍니다. 결제일까지 채우지 않으면 미수가 됩니다.`
          : `주문 가능 금액이 ${wonKo(buyingPowerKrw)}으로 순자산의 ${percent(share)}뿐입니다(선 ${percent(powerLine)}).`,
        sentenceEn: short
          ? `Cash at D+2 is ${wonEn(cashD2Krw)}; it becomes unpaid money unless it is paid in by settlement.`
          : `Buying power is ${wonEn(buyingPowerKrw)}, only ${percent(share)} of equity (line ${percent(powerLine)}).`,
        picture: account.trail.picture(share * 100, powerLine * 100),
      });
    };

    return {
      account: (event) => {
        const { ts, accountId, equityKrw, buyingPowerKrw, cashD2Krw } = event;
        if (!(equityKrw > 0 && equityKrw < Infinity)) return;
        const account = accounts.of(accountId);
        if (account.firstTs === 0) account.firstTs = ts;
        const share = buyingPowerKrw / equityKrw;
        const short = Number.isFinite(cashD2Krw) && cashD2Krw < cashLine;
        if (!short && !Number.isFinite(share)) return;
        account.trail.add(ts, share * 100);
        const standing = ts - account.firstTs <= STANDING_MS;
        const low = share < powerLine;
        // 1 a note, 2 low, 3 short
        const stage = short ? 3 : !low ? 0 : standing || account.stage === 1 ? 1 : 2;
        if (stage > account.stage) {
          account.stage = stage;
          say(event, account, short, short ? 'H' : stage === 1 ? 'L' : 'M');
        } else if (account.stage > 0 && !short && share >= BACK * powerLine) {
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        } else if (account.stage === 3 && !short) {
          // Paid in, while buying power stays low: that is how a fully invested account looks.
          account.stage = low ? 1 : 0;
          if (low) say(event, account, false, 'L');
          else mouth.clear(subjectOf(accountId));
        }
      },
    };
  },
};
