/** Walks the entries of a list by the arrow keys, so that a long list is one stop of the Tab key. */
import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

export function walkEntries(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (!step) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  entries[step(at, entries.length - 1)]?.focus();
}
