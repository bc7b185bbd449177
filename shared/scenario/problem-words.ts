/** What does not fit a scenario's schema, in words that say what to do. */
import type { z } from 'zod';

type Words = { readonly ko: string; readonly en: string };

const KIND_KO: Readonly<Record<string, string>> = {
  string: '글',
  number: '숫자',
  int: '정수',
  boolean: '예/아니오(true, false)',
  array: '목록',
  object: '이름과 값의 묶음',
  record: '이름과 값의 묶음',
};

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

/** The sentence for a fault; `value` is what stands there, undefined where nothing does. */
export function issueWords(issue: z.core.$ZodIssue, value: unknown): Words {
  const name = String(issue.path.at(-1) ?? '');
  if (value === undefined && issue.code !== 'unrecognized_keys')
    return { ko: `'${name}' 값이 없습니다. 적어 넣으세요.`, en: `'${name}' is missing: add it.` };
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `'${key}'`).join(', ');
      return {
        ko: `모르는 이름입니다: ${keys}. 철자를 보거나 지우세요.`,
        en: `Unknown: ${keys}. Check the spelling or remove it.`,
      };
    }
    case 'invalid_type': {
      const kind = KIND_KO[issue.expected] ?? issue.expected;
      return {
        ko: `'${name}'은(는) ${kind}이어야 합니다. 지금: ${shown(value)}`,
        en: `'${name}' must be a ${issue.expected}, and is ${shown(value)}.`,
      };
    }
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? {
            ko: `'${name}'에 적어도 ${issue.minimum}개가 있어야 합니다.`,
            en: `'${name}' needs at least ${issue.minimum}.`,
          }
        : {
            ko: `'${name}'은(는) ${issue.minimum} 이상이어야 합니다. 지금: ${shown(value)}`,
            en: `'${name}' must be at least ${issue.minimum}, and is ${shown(value)}.`,
          };
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string'
        ? {
            ko: `'${name}'이(가) 너무 깁니다. ${issue.maximum}까지 됩니다.`,
            en: `'${name}' is too long: at most ${issue.maximum}.`,
          }
        : {
            ko: `'${name}'은(는) ${issue.maximum} 이하여야 합니다. 지금: ${shown(value)}`,
            en: `'${name}' must be at most ${issue.maximum}, and is ${shown(value)}.`,
          };
    case 'invalid_value': {
      const words = issue.values.map(String).join(', ');
      return {
        ko: `'${name}'은(는) 다음 가운데 하나여야 합니다: ${words}. 지금: ${shown(value)}`,
        en: `'${name}' must be one of: ${words}. It is ${shown(value)}.`,
      };
    }
    case 'invalid_format':
      return {
        ko: `'${name}'의 모양이 맞지 않습니다: ${shown(value)}. 시각은 09:30, 날짜는 2026-03-04, 종목은 005930처럼 적으세요.`,
        en: `'${name}' has the wrong form: ${shown(value)}. Write times as 09:30, dates as 2026-03-04, issues as 005930 (quoted).`,
      };
    default:
      return {
        ko: `'${name}' 값을 쓸 수 없습니다: ${shown(value)}. 설명서의 보기를 보세요.`,
        en: `'${name}' cannot be used: ${shown(value)}. See the examples of the manual.`,
      };
  }
}
