/** The words of a screener expression: numbers with Korean units, names, operators. */

/** What is wrong with an expression; words for it are the screen's. */
export type MistakeCode =
  | 'empty'
  | 'tooLong'
  | 'tooDeep'
  | 'character'
  | 'number'
  | 'name'
  | 'unclosed'
  | 'missing'
  | 'extra'
  | 'wantsNumber'
  | 'wantsCondition';

export interface Mistake {
  readonly code: MistakeCode;
  /** Where it begins, characters from 0, and how many it covers; 0 at the end of the text. */
  readonly at: number;
  readonly length: number;
  /** The word in question; "" at the end of the text. */
  readonly word: string;
}

/** Thrown inside the parser only. */
export class MistakeFound extends Error {
  readonly mistake: Mistake;

  constructor(mistake: Mistake) {
    super(mistake.code);
    this.mistake = mistake;
  }
}

export interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
  /** Of a number. */
  readonly value: number;
  readonly at: number;
}

const UNITS: Readonly<Record<string, number>> = { 만: 10_000, 억: 100_000_000, 조: 1_000_000_000_000 };
/** Ways to write an operator, each with the one that is meant. */
const SAME: Readonly<Record<string, string>> = {
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  그리고: 'and',
  또는: 'or',
  아닌: 'not',
  '==': '=',
  '<>': '!=',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '×': '*',
  '÷': '/',
  '−': '-',
};
const WORDS = new Set(['and', 'or', 'not']);
const SPACE = /\s/;
const NUMBER = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:조|억|만)?/;
const NAME = /^[A-Za-z가-힣][A-Za-z0-9가-힣]*/;
const OPERATOR = /^(?:&&|\|\||==|<>|!=|>=|<=|[<>=!()+\-*/≥≤≠×÷−])/;

function numberOf(text: string): number {
  const unit = UNITS[text.slice(-1)];
  const digits = (unit === undefined ? text : text.slice(0, -1)).replaceAll(',', '');
  return Number(digits) * (unit ?? 1);
}

/** Takes a text apart; throws MistakeFound. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const [first = ''] = rest;
    if (SPACE.test(first)) {
      at += 1;
      continue;
    }
    const number = NUMBER.exec(rest)?.[0];
    const name = NAME.exec(rest)?.[0];
    const operator = OPERATOR.exec(rest)?.[0];
    const text = number ?? name ?? operator;
    if (text === undefined) throw new MistakeFound({ code: 'character', at, length: 1, word: first });
    if (number !== undefined) {
      // "3%" is 3: fields of percent are counted in percent.
      const percent = source[at + text.length] === '%' ? 1 : 0;
      const end = at + text.length + percent;
      const tail = NAME.exec(source.slice(end))?.[0] ?? /^[\d.,]+/.exec(source.slice(end))?.[0];
      if (tail !== undefined)
        throw new MistakeFound({
          code: 'number',
          at,
          length: end - at + tail.length,
          word: source.slice(at, end) + tail,
        });
      tokens.push({ kind: 'number', text: source.slice(at, end), value: numberOf(text), at });
      at = end;
      continue;
    }
    const meant = SAME[text] ?? (WORDS.has(text.toLowerCase()) ? text.toLowerCase() : text);
    const isOperator = operator !== undefined || WORDS.has(meant);
    tokens.push({ kind: isOperator ? 'operator' : 'name', text: isOperator ? meant : text, value: 0, at });
    at += text.length;
  }
  tokens.push({ kind: 'end', text: '', value: 0, at: source.length });
  return tokens;
}
