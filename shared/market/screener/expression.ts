/**
 * The screener's expressions: `change > 3 and volume > 2 * avgVolume20`. Parsed here and compiled to closures over the
 * columns of the board. A comparison with something unknown is itself unknown, and only what is true matches.
 */
import type { BoardTable } from '../board/board-table.ts';
import { FIELD_NAMES_KO, FIELD_UNITS, fieldReader, SCREEN_FIELDS, type Reader, type ScreenField } from './fields.ts';
import { MistakeFound, tokensOf, type Mistake, type MistakeCode, type Token } from './tokens.ts';

/** Characters of an expression. */
export const EXPRESSION_LIMIT = 500;
/** Brackets within brackets. */
const DEPTH_LIMIT = 40;

export const COMPARISONS = ['>', '>=', '<', '<=', '=', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** An expression taken apart. */
export type Tree =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly field: ScreenField }
  | { readonly kind: 'negative'; readonly of: Tree }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'math'; readonly operator: '+' | '-' | '*' | '/'; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'both' | 'either'; readonly left: Tree; readonly right: Tree };

export type Parsed =
  | { readonly ok: true; readonly tree: Tree; readonly fields: ReadonlySet<ScreenField> }
  | { readonly ok: false; readonly mistake: Mistake };

/** Field by the letters of its name in small, so that avgvolume20 is understood. */
const BY_NAME = new Map<string, ScreenField>([
  ...SCREEN_FIELDS.map((field) => [field.toLowerCase(), field] as const),
  ...Object.entries(FIELD_NAMES_KO),
]);

class Parser {
  readonly #tokens: readonly Token[];
  readonly fields = new Set<ScreenField>();
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Tree {
    const begin = this.#next;
    const tree = this.#condition(begin, this.#either());
    if (this.#next.kind !== 'end') this.#fail(this.#next.text === ')' ? 'extra' : 'missing', this.#next);
    return tree;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', value: 0, at: 0 };
  }

  #take(...operators: readonly string[]): Token | null {
    const token = this.#next;
    if (token.kind !== 'operator' || !operators.includes(token.text)) return null;
    this.#at += 1;
    return token;
  }

  #fail(code: MistakeCode, token: Token): never {
    throw new MistakeFound({ code, at: token.at, length: token.text.length, word: token.text });
  }

  #either(): Tree {
    let begin = this.#next;
    let left = this.#both();
    while (this.#take('or')) {
      left = this.#condition(begin, left);
      begin = this.#next;
      left = { kind: 'either', left, right: this.#condition(begin, this.#both()) };
    }
    return left;
  }

  #both(): Tree {
    let begin = this.#next;
    let left = this.#not();
    while (this.#take('and')) {
      left = this.#condition(begin, left);
      begin = this.#next;
      left = { kind: 'both', left, right: this.#condition(begin, this.#not()) };
    }
    return left;
  }

  #not(): Tree {
    if (!this.#take('not')) return this.#comparison();
    return this.#deeper(() => {
      const begin = this.#next;
      return { kind: 'not', of: this.#condition(begin, this.#not()) };
    });
  }

  #comparison(): Tree {
    const begin = this.#next;
    const left = this.#sum();
    const operator = this.#take(...COMPARISONS);
    if (!operator) return left;
    const from = this.#next;
    return {
      kind: 'compare',
      operator: operator.text as Comparison,
      left: this.#figure(begin, left),
      right: this.#figure(from, this.#sum()),
    };
  }

  #sum(): Tree {
    return this.#chain(['+', '-'], () => this.#product());
  }

  #product(): Tree {
    return this.#chain(['*', '/'], () => this.#unary());
  }

  #chain(operators: readonly string[], part: () => Tree): Tree {
    const begin = this.#next;
    let left = part();
    for (let token = this.#take(...operators); token; token = this.#take(...operators)) {
      const from = this.#next;
      const right = this.#figure(from, part());
      left = { kind: 'math', operator: token.text as '+', left: this.#figure(begin, left), right };
    }
    return left;
  }

  #unary(): Tree {
    if (!this.#take('-')) return this.#primary();
    return this.#deeper(() => {
      const begin = this.#next;
      return { kind: 'negative', of: this.#figure(begin, this.#unary()) };
    });
  }

  #primary(): Tree {
    const token = this.#next;
    const bracket = this.#take('(');
    if (bracket) {
      return this.#deeper(() => {
        const tree = this.#either();
        if (!this.#take(')'))
          this.#fail(
            this.#next.kind === 'end' ? 'unclosed' : 'missing',
            this.#next.kind === 'end' ? bracket : this.#next,
          );
        return tree;
      });
    }
    if (token.kind === 'number') {
      this.#at += 1;
      return { kind: 'number', value: token.value };
    }
    if (token.kind !== 'name') this.#fail('wantsNumber', token);
    const field = BY_NAME.get(token.text) ?? BY_NAME.get(token.text.toLowerCase());
    if (field === undefined) this.#fail('name', token);
    this.#at += 1;
    this.fields.add(field);
    return { kind: 'field', field };
  }

  #deeper(inner: () => Tree): Tree {
    this.#depth += 1;
    if (this.#depth > DEPTH_LIMIT) this.#fail('tooDeep', this.#next);
    const tree = inner();
    this.#depth -= 1;
    return tree;
  }

  /** What is compared or counted with must be a figure. */
  #figure(begin: Token, tree: Tree): Tree {
    if (isCondition(tree) && tree.kind !== 'field') this.#fail('wantsNumber', begin);
    return tree;
  }

  /** What is asked for must be true or false: a comparison, or a field that is. */
  #condition(begin: Token, tree: Tree): Tree {
    if (!isCondition(tree)) this.#fail('wantsCondition', begin);
    return tree;
  }
}

function isCondition(tree: Tree): boolean {
  if (tree.kind === 'field') return FIELD_UNITS[tree.field] === 'flag';
  return tree.kind === 'compare' || tree.kind === 'both' || tree.kind === 'either' || tree.kind === 'not';
}

/** Takes an expression apart, or says where it is wrong. */
export function parseExpression(source: string): Parsed {
  if (source.trim() === '') return { ok: false, mistake: { code: 'empty', at: 0, length: 0, word: '' } };
  if (source.length > EXPRESSION_LIMIT) {
    const length = source.length - EXPRESSION_LIMIT;
    return { ok: false, mistake: { code: 'tooLong', at: EXPRESSION_LIMIT, length, word: '' } };
  }
  try {
    const parser = new Parser(tokensOf(source));
    return { ok: true, tree: parser.whole(), fields: parser.fields };
  } catch (error) {
    if (error instanceof MistakeFound) return { ok: false, mistake: error.mistake };
    throw error;
  }
}

function compared(operator: Comparison, left: Reader, right: Reader): Reader {
  const judged =
    (holds: (a: number, b: number) => boolean): Reader =>
    (place) => {
      const a = left(place);
      const b = right(place);
      return Number.isFinite(a) && Number.isFinite(b) ? Number(holds(a, b)) : Number.NaN;
    };
  switch (operator) {
    case '>':
      return judged((a, b) => a > b);
    case '>=':
      return judged((a, b) => a >= b);
    case '<':
      return judged((a, b) => a < b);
    case '<=':
      return judged((a, b) => a <= b);
    case '=':
      return judged((a, b) => a === b);
    case '!=':
      return judged((a, b) => a !== b);
  }
}

function counted(operator: '+' | '-' | '*' | '/', left: Reader, right: Reader): Reader {
  switch (operator) {
    case '+':
      return (place) => left(place) + right(place);
    case '-':
      return (place) => left(place) - right(place);
    case '*':
      return (place) => left(place) * right(place);
    case '/':
      return (place) => left(place) / right(place);
  }
}

/** A tree as a closure over the columns of a board: 1 true, 0 false, NaN unknown (as Kleene's logic has it). */
export function compileTree(tree: Tree, table: BoardTable): Reader {
  switch (tree.kind) {
    case 'number': {
      const { value } = tree;
      return () => value;
    }
    case 'field':
      return fieldReader(table, tree.field);
    case 'negative': {
      const of = compileTree(tree.of, table);
      return (place) => -of(place);
    }
    case 'not': {
      const of = compileTree(tree.of, table);
      return (place) => 1 - of(place);
    }
    case 'math':
      return counted(tree.operator, compileTree(tree.left, table), compileTree(tree.right, table));
    case 'compare':
      return compared(tree.operator, compileTree(tree.left, table), compileTree(tree.right, table));
    case 'both': {
      const [left, right] = [compileTree(tree.left, table), compileTree(tree.right, table)];
      return (place) => {
        const a = left(place);
        if (a === 0) return 0;
        const b = right(place);
        return b === 0 ? 0 : a * b;
      };
    }
    case 'either': {
      const [left, right] = [compileTree(tree.left, table), compileTree(tree.right, table)];
      return (place) => {
        const a = left(place);
        if (a === 1) return 1;
        const b = right(place);
        return b === 1 ? 1 : a + b;
      };
    }
  }
}
