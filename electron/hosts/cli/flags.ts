/** The options of one call, read by kind; what does not fit is bad input. */
import { AppError } from '#shared/errors/index.ts';

/** Options as node:util's parseArgs gives them; a list where an option may be repeated. */
export type RawFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

function bad(name: string, why: string): AppError {
  return new AppError('INPUT_INVALID', { where: `--${name}`, why });
}

/** A whole number written in plain digits, commas and underscores between them allowed; null for anything else. */
export function readInteger(text: string): number | null {
  const plain = text.replace(/(?<=\d)[,_](?=\d)/g, '');
  const value = Number(plain);
  return /^-?\d+$/.test(plain) && Number.isSafeInteger(value) ? value : null;
}

export class Flags {
  readonly #raw: RawFlags;

  constructor(raw: RawFlags) {
    this.#raw = raw;
  }

  /** Whether a flag was given. */
  has(name: string): boolean {
    return this.#raw[name] === true;
  }

  /** The value of an option, or null where it was not given. */
  optional(name: string): string | null {
    const value = this.#raw[name];
    return typeof value === 'string' ? value : null;
  }

  /** Every value of an option that may be repeated, in their order. */
  all(name: string): readonly string[] {
    const value = this.#raw[name];
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }

  text(name: string): string {
    const value = this.optional(name);
    if (value === null || value === '') throw bad(name, '값이 필요합니다.');
    return value;
  }

  /** A whole number, or null where it was not given. */
  optionalInteger(name: string): number | null {
    const text = this.optional(name);
    if (text === null) return null;
    const value = readInteger(text);
    if (value === null) throw bad(name, '정수로 적으세요.');
    return value;
  }

  integer(name: string): number {
    const value = this.optionalInteger(name);
    if (value === null) throw bad(name, '값이 필요합니다.');
    return value;
  }

  /** One of a few words; the first where none was given. */
  oneOf<const Words extends readonly [string, ...string[]]>(name: string, words: Words): Words[number] {
    const text = this.optional(name) ?? words[0];
    const word = words.find((each) => each === text);
    if (word === undefined) throw bad(name, `${words.join(', ')} 가운데 하나여야 합니다.`);
    return word;
  }
}
