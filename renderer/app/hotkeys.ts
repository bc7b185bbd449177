/** Keys to actions. Letters alone never act while something is being typed, and no key here sends an order. */
import { useEffect } from 'react';
import { useOverlay } from '../store/overlay.ts';
import type { Action } from '../client/actions.tsx';

/** What a key event says of itself; `code` names the key by its place, so that Korean input does not hide letters. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** "Ctrl+Shift+X" of a key event; the Command key counts as Ctrl. */
export function chordOf(event: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const name = letter ?? (event.code === 'Space' ? 'Space' : event.key);
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    // A sign such as ? already contains its Shift.
    event.shiftKey && !(bare && name.length === 1) ? 'Shift' : '',
    name,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** True where a bare key is meant for a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}

/** Told the next key instead of what it would do, while a key is being chosen. */
let capturing: ((keys: string) => void) | null = null;

/** Takes the keys that are pressed, until the returned function is called. Halting works nevertheless. */
export function captureKeys(take: (keys: string) => void): () => void {
  capturing = take;
  return () => {
    if (capturing === take) capturing = null;
  };
}

/** Whether an action can run now. Halting works over everything; the rest waits until the dialog is gone. */
export function mayRun(action: Action): boolean {
  return (action.id === 'halt' || useOverlay.getState().dialog === null) && action.enabled();
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph']);

export function useHotkeys(actions: readonly Action[]): void {
  useEffect(() => {
    const byKeys = new Map(actions.flatMap((action) => (action.keys === null ? [] : [[action.keys, action] as const])));
    const pressed = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      const chord = chordOf(event);
      const action = byKeys.get(chord);
      if (capturing && action?.id !== 'halt') {
        if (MODIFIERS.has(event.key) || event.key === 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
        capturing(chord);
        return;
      }
      if (!action || (isTyping(event.target) && !chord.includes('+') && !/^F\d+$/.test(chord))) return;
      event.preventDefault();
      if (!event.repeat && mayRun(action)) action.run();
    };
    // Before panels see it.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, [actions]);
}
