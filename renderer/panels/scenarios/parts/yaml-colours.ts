/** What each letter of a YAML text is (name, text, figure, comment, sign), line by line, as the YAML library itself tells them apart. */
import { Lexer } from 'yaml';

export type CodeKind = 'key' | 'text' | 'figure' | 'comment' | 'sign';

/** Letters of one line that are of one kind; null: spaces and what is of no kind. */
export interface Piece {
  readonly text: string;
  readonly kind: CodeKind | null;
}

/** Signs of the lexer that stand for no letter: a document begins, a broken group ends. */
const SIGNS = new Set(['\u0002', '\u0018']);
/** Says that a value without quotes, or a block of text, comes next. */
const VALUE_NEXT = '\u001f';
const FIGURE = /^(?:[-+]?[\d.][\d_.,eE+-]*|[-+]?\.(?:inf|nan)|true|false|null|~)$/i;

function kindOf(token: string): CodeKind | null {
  switch (token[0]) {
    case '#':
      return 'comment';
    case '"':
    case "'":
      return 'text';
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '\ufeff':
    case undefined:
      return null;
    default:
      return 'sign';
  }
}

/** The lines of a text in pieces. A text that the lexer does not give back letter by letter is of no kind. */
export function colouredLines(text: string): readonly (readonly Piece[])[] {
  const pieces: { text: string; kind: CodeKind | null }[] = [];
  let letters = 0;
  let value = false;
  for (const token of new Lexer().lex(text)) {
    if (token === VALUE_NEXT) value = true;
    if (token === VALUE_NEXT || SIGNS.has(token)) continue;
    letters += token.length;
    const kind = value ? (FIGURE.test(token) ? 'figure' : 'text') : kindOf(token);
    value = false;
    if (kind === 'sign' && token === ':') {
      // What stands before a colon is a name.
      const name = pieces.findLast((piece) => piece.kind !== null);
      if (name && name.kind !== 'sign' && name.kind !== 'comment') name.kind = 'key';
    }
    pieces.push({ text: token, kind });
  }
  if (letters !== text.length) return text.split('\n').map((line) => [{ text: line, kind: null }]);
  const lines: Piece[][] = [[]];
  for (const { text: whole, kind } of pieces) {
    whole.split('\n').forEach((part, at) => {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, kind });
    });
  }
  return lines;
}
