/** What does not fit a scenario's schema, in words that say what to do. */
import type { z } from 'zod';
import { pathWords } from './field-names.ts';
import { nearest } from './nearest-word.ts';

type Words = { readonly ko: string; readonly en: string };
type Issue = z.core.$ZodIssue;

/** A fault at its place, the narrowest that is known. */
export interface PlacedIssue {
  readonly issue: Issue;
  readonly path: readonly (string | number)[];
}

const KIND: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  string: ['글(따옴표로 싸면 글입니다)', 'a text (quotes make one)'],
  number: ['숫자', 'a number'],
  int: ['소수점 없는 숫자', 'a whole number'],
  boolean: ['true나 false', 'true or false'],
  array: ['목록([…]이나 - 로 시작하는 줄들)', 'a list'],
  object: ['이름: 값의 묶음', 'names with values'],
  record: ['이름: 값의 묶음', 'names with values'],
};

/** How a text of a field is written, by the field's own name. */
const TIME = ['09:30이나 09:30:15처럼 두 자리씩 적으세요', 'write it as 09:30 or 09:30:15'] as const;
const CODE = [
  "'005930'처럼 종목코드 여섯 자를 적으세요",
  "write the six characters of the issue, as '005930'",
] as const;
const DATE = ['2026-03-04처럼 적으세요', 'write it as 2026-03-04'] as const;
const NAME = [
  '영문자나 숫자로 시작해 영문자, 숫자, -, _로 40자까지 적으세요',
  'use letters, digits, - and _, beginning with a letter or digit, 40 at most',
] as const;
const FORMS: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  at: TIME,
  from: TIME,
  to: TIME,
  issue: CODE,
  issues: CODE,
  betas: CODE,
  date: DATE,
  dates: DATE,
};

const shown = (value: unknown): string => {
  // A number is told as it is: NaN and Infinity would be null as JSON.
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? null);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

/** Unknown names told at once. */
const KEYS = 5;

const asPath = (path: readonly PropertyKey[]): (string | number)[] =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));

/** Faults of one branch of a choice that say it was not meant: another type, or another value where the branch is named. */
function notMeant(issues: readonly Issue[]): boolean {
  return issues.some(
    ({ code, path }) =>
      (path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')) ||
      (path.length === 1 && path[0] === 'measure' && code === 'invalid_value'),
  );
}

/**
 * The faults that count: of a choice between forms those of the form that was meant, where that is plain, else the choice
 * itself.
 */
export function narrowed(issue: Issue, under: readonly (string | number)[] = []): PlacedIssue[] {
  const path = [...under, ...asPath(issue.path)];
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.filter((branch) => !notMeant(branch));
    const [only] = meant;
    if (meant.length === 1 && only) return only.flatMap((each) => narrowed(each, path));
  }
  return [{ issue, path }];
}

/** Values of a choice whose branches are plain values. */
function plainValues(errors: readonly (readonly Issue[])[]): unknown[] | null {
  const values = errors.map(([first]) =>
    first?.code === 'invalid_value' && first.path.length === 0 ? first.values : null,
  );
  return values.length > 0 && values.every((each) => each !== null) ? values.flat() : null;
}

const CHOICES: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  target: [
    "all, { market: KOSPI }, { issue: '005930' } 가운데 하나로 적으세요",
    "write all, { market: KOSPI } or { issue: '005930' }",
  ],
  price: [
    'market, { limit: 70000 }, { fromLastPct: -1 } 가운데 하나로 적으세요',
    'write market, { limit: 70000 } or { fromLastPct: -1 }',
  ],
  when: [
    'measure를 positionReturn, price, accountReturn, indexChange 가운데 하나로 적으세요',
    'measure must be positionReturn, price, accountReturn or indexChange',
  ],
  detectors: ['all이나 [{ id: M05 }]처럼 적으세요', 'write all, or a list such as [{ id: M05 }]'],
};

function oneOf(values: readonly unknown[], value: unknown): Words {
  const words = values.map(String);
  const near = typeof value === 'string' ? nearest(value, words) : null;
  const list = words.length > 12 ? `${words.slice(0, 12).join(', ')} …` : words.join(', ');
  return {
    ko:
      near === null
        ? `다음 가운데 하나여야 합니다: ${list}.`
        : `'${near}'을(를) 적으려 했나요? 고를 수 있는 값: ${list}.`,
    en: near === null ? `must be one of: ${list}.` : `did you mean '${near}'? Possible: ${list}.`,
  };
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Words {
  const small = issue.code === 'too_small';
  const limit = small ? issue.minimum : issue.maximum;
  if (issue.origin === 'array')
    return small
      ? { ko: `적어도 ${limit}개를 적으세요.`, en: `give at least ${limit}.` }
      : { ko: `너무 많습니다. ${limit}개까지 줄이세요.`, en: `too many: ${limit} at most.` };
  if (issue.origin === 'string')
    return small
      ? { ko: `적어도 ${limit}자를 적으세요.`, en: `give at least ${limit} characters.` }
      : { ko: `너무 깁니다. ${limit}자까지 줄이세요.`, en: `too long: ${limit} characters at most.` };
  const beyond = issue.inclusive === false;
  return small
    ? {
        ko: `${limit}${beyond ? '보다 커야' : ' 이상이어야'} 합니다.`,
        en: `must be ${beyond ? 'above' : 'at least'} ${limit}.`,
      }
    : {
        ko: `${limit}${beyond ? '보다 작아야' : ' 이하여야'} 합니다.`,
        en: `must be ${beyond ? 'below' : 'at most'} ${limit}.`,
      };
}

/** The remedy of a fault, without its place. */
function remedy(issue: Issue, path: readonly (string | number)[], value: unknown): Words {
  const field = path.findLast((step) => typeof step === 'string') ?? '';
  switch (issue.code) {
    case 'invalid_type': {
      const [ko, en] = KIND[issue.expected] ?? [issue.expected, issue.expected];
      return { ko: `${ko}로 적으세요.`, en: `must be ${en}.` };
    }
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_value':
      return oneOf(issue.values, value);
    case 'invalid_format':
    case 'invalid_key': {
      const [ko, en] = FORMS[field] ?? (path.includes('betas') ? CODE : NAME);
      return { ko: `${ko}.`, en: `${en}.` };
    }
    case 'invalid_union': {
      const options = (issue as { readonly options?: unknown }).options;
      if (Array.isArray(options)) return oneOf(options, value);
      const values = plainValues(issue.errors);
      if (values) return oneOf(values, value);
      const [ko, en] = CHOICES[field] ?? [
        '이 값은 쓸 수 없습니다. docs/scenario.md의 보기대로 적으세요',
        'cannot be used: see docs/scenario.md',
      ];
      return { ko: `${ko}.`, en: `${en}.` };
    }
    default:
      return { ko: '쓸 수 없는 값입니다. 지우거나 바꾸세요.', en: 'cannot be used: change or remove it.' };
  }
}

/** The sentence for a fault; `value` is what stands there (undefined: nothing), `root` the whole document. */
export function issueWords({ issue, path }: PlacedIssue, value: unknown, root: unknown): Words {
  const place = { ko: pathWords(path, 'ko', root), en: pathWords(path, 'en', root) };
  const told = (ko: string, en: string): Words => ({
    ko: place.ko === '' ? ko : `${place.ko}: ${ko}`,
    en: place.en === '' ? en : `${place.en}: ${en}`,
  });
  if (issue.code === 'unrecognized_keys') {
    const named = issue.keys.slice(0, KEYS).map((key) => `'${shown(key)}'`);
    const keys = [...named, ...(issue.keys.length > KEYS ? ['…'] : [])].join(', ');
    const near = issue.keys.length === 1 ? nearest(issue.keys[0] ?? '', FIELDS) : null;
    const [ko, en] = near === null ? ['', ''] : [` '${near}'을(를) 적으려 했나요?`, ` Did you mean '${near}'?`];
    return told(
      `여기에 없는 항목입니다: ${keys}.${ko} 철자를 보거나 지우세요.`,
      `unknown here: ${keys}.${en} Check the spelling or remove it.`,
    );
  }
  const { ko, en } = remedy(issue, path, value);
  const field = String(path.at(-1) ?? '');
  if (value === undefined) return told(`'${field}' 값이 없습니다. ${ko}`, `'${field}' is missing: ${en}`);
  const isLong = issue.code === 'too_big' && issue.origin !== 'number' && issue.origin !== 'int';
  if (isLong) return told(ko, en);
  return told(`${ko} 지금: ${shown(value)}`, `${en} It is ${shown(value)}.`);
}

/** Names that a scenario knows, for a misspelt one. */
const FIELDS = (
  'schemaVersion name summary tags sources market accounts actors events detectors plays criteria labels kind date dates ' +
  'days day issues issue volatility liquidity betas reconstructed holdings quantity averagePrice cashKrw orders account ' +
  'at after event seconds minutes pct factor target side price when then percent times everySeconds measure is of value ' +
  'detector from to play mode severity note level count id what limit fromLastPct atOrBelow atOrAbove params on ' +
  'confirmSeconds required ms only taken text as more where title group eokKrw reason KOSPI KOSDAQ'
).split(' ');
