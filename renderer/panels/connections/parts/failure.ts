/** The sentence of an act that failed, for a dialog. */
import { useState } from 'react';
import { wordsOf } from '../../../client/workstation.ts';

/** Cause, next step and code in one line. */
export function failureText(error: unknown): string {
  const { messageKo, actionKo, code } = wordsOf(error);
  return `${messageKo} ${actionKo} (${code})`;
}

/** The failure in sight, what shows another one, and what takes it away. */
export function useFailure(): readonly [string | null, (error: unknown) => void, () => void] {
  const [text, setText] = useState<string | null>(null);
  return [text, (error) => setText(failureText(error)), () => setText(null)];
}
