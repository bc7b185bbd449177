/** The text of a file that a user hands over: UTF-8, what its mark says, or the older Korean coding; none where it is no text. */

/** Letters that no text holds: a file with them is something else. */
const NO_TEXT = /[\0-\x08\x0e-\x1f]/;

function decoded(bytes: Uint8Array, coding: string): string | null {
  try {
    return new TextDecoder(coding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text in these bytes; null: they are no text. */
export function textOfFile(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const text =
    first === 0xff && second === 0xfe
      ? decoded(bytes, 'utf-16le')
      : first === 0xfe && second === 0xff
        ? decoded(bytes, 'utf-16be')
        : (decoded(bytes, 'utf-8') ?? decoded(bytes, 'euc-kr'));
  return text === null || NO_TEXT.test(text) ? null : text;
}
