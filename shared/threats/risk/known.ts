/** A figure, or why there is none: what cannot be computed is never shown as zero. */

/**
 * noHoldings: nothing is held · badHolding: the value of one is no amount · noHistory: too little of what is held has
 * closes · tooFewDays: fewer days than the figure needs · onlyOne: a single holding has no pairs · noMarket: none follows an
 * index that the shocks speak of · flat: no price moved, so nothing can be said of risk · badFigure:
 * a figure that was given is no number, or beyond its range.
 */
export type NotKnownReason =
  'noHoldings' | 'badHolding' | 'noHistory' | 'tooFewDays' | 'onlyOne' | 'noMarket' | 'flat' | 'badFigure';

export interface NotKnown {
  readonly known: false;
  readonly reason: NotKnownReason;
  /** What it is about: instrument ids, or the name of a figure. */
  readonly about: readonly string[];
  /** Days needed and days there are, where days are the reason. */
  readonly need: number | null;
  readonly have: number | null;
}

export type Known<Value> = { readonly known: true; readonly value: Value } | NotKnown;

export function known<Value>(value: Value): Known<Value> {
  return { known: true, value };
}

export function notKnown(reason: NotKnownReason, about: readonly string[] = []): NotKnown {
  return { known: false, reason, about, need: null, have: null };
}

export function tooFewDays(need: number, have: number, about: readonly string[] = []): NotKnown {
  return { known: false, reason: 'tooFewDays', about, need, have };
}

const SHOWN = 3;

/** Why, in one sentence. `name` turns an instrument id into what the user calls it. */
export function whyNotKnown(
  { reason, about, need, have }: NotKnown,
  name: (id: string) => string = (id) => id,
): { readonly ko: string; readonly en: string } {
  const names = about.slice(0, SHOWN).map(name).join(', ');
  const [moreKo, moreEn] =
    about.length > SHOWN ? [` 외 ${about.length - SHOWN}개`, ` and ${about.length - SHOWN} more`] : ['', ''];
  const [whichKo, whichEn] = [`${names}${moreKo}`, `${names}${moreEn}`];
  switch (reason) {
    case 'noHoldings':
      return { ko: '보유 종목이 없습니다.', en: 'Nothing is held.' };
    case 'badHolding':
      return { ko: `평가금액을 알 수 없습니다: ${whichKo}`, en: `The value is not known: ${whichEn}` };
    case 'noHistory':
      return { ko: `지난 종가가 없습니다: ${whichKo}`, en: `No past closes: ${whichEn}` };
    case 'tooFewDays':
      return {
        ko: `${need ?? '—'}일이 필요한데 ${have ?? '—'}일뿐입니다${names === '' ? '' : `(${whichKo})`}.`,
        en: `Needs ${need ?? '—'} days, has ${have ?? '—'}${names === '' ? '' : ` (${whichEn})`}.`,
      };
    case 'onlyOne':
      return {
        ko: '종목이 하나뿐이라 상관을 볼 짝이 없습니다.',
        en: 'A single holding has no other to be correlated with.',
      };
    case 'noMarket':
      return {
        ko: `어느 지수를 따르는지 알 수 없고, 따로 정한 값도 없습니다: ${whichKo}`,
        en: `It is not known which index it follows, and nothing is said of it: ${whichEn}`,
      };
    case 'flat':
      return {
        ko: '그동안 값이 움직이지 않아 위험을 잴 수 없습니다.',
        en: 'No price moved in that time, so risk cannot be measured.',
      };
    case 'badFigure':
      return { ko: `값이 올바르지 않습니다: ${whichKo}`, en: `Not a valid figure: ${whichEn}` };
  }
}
