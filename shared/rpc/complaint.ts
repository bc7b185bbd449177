/** Why a value does not fit its schema, in Korean. */
import type { z } from 'zod';

const LONGEST_NAME = 60;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: '글자여야 합니다.',
  number: '숫자여야 합니다.',
  int: '정수여야 합니다.',
  boolean: '참·거짓이어야 합니다.',
  array: '목록이어야 합니다.',
  object: '묶음이어야 합니다.',
};

function short(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  const bound = String(issue.minimum);
  if (issue.origin === 'string') return `${bound}자 이상이어야 합니다.`;
  if (issue.origin === 'array') return `${bound}개 이상이어야 합니다.`;
  return issue.inclusive === false ? `${bound}보다 커야 합니다.` : `${bound} 이상이어야 합니다.`;
}

function tooBig(issue: z.core.$ZodIssueTooBig): string {
  const bound = String(issue.maximum);
  if (issue.origin === 'string') return `${bound}자까지입니다.`;
  if (issue.origin === 'array') return `${bound}개까지입니다.`;
  return issue.inclusive === false ? `${bound}보다 작아야 합니다.` : `${bound}까지입니다.`;
}

function reason(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? '값이 없습니다.'
        : (TYPE_WORDS[issue.expected] ?? '값의 종류가 맞지 않습니다.');
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_value':
      return `${short(issue.values.map(String).join(', '))} 가운데 하나여야 합니다.`;
    case 'unrecognized_keys':
      return `모르는 칸입니다: ${short(issue.keys.join(', '))}`;
    case 'invalid_format':
      return '모양이 맞지 않습니다.';
    default:
      return '값이 맞지 않습니다.';
  }
}

/** The first thing wrong: where (`orders.0.price`, or the whole) and why. */
export function complaint(error: z.ZodError): { readonly where: string; readonly why: string } {
  const issue = error.issues[0];
  if (!issue) return { where: '전체', why: '값이 맞지 않습니다.' };
  return { where: issue.path.length === 0 ? '전체' : short(issue.path.map(String).join('.')), why: reason(issue) };
}
