/** A dialog over the work area: keeps the focus inside, closes with Escape, gives the focus back. */
import type { JSX, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from './controls.tsx';

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), select:not(:disabled), a[href], [tabindex="0"]';

/** Keeps Tab inside a box. */
function holdFocus(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first] = all;
  const last = all[all.length - 1];
  if (!first || !last) return;
  const leavesBack = event.shiftKey && document.activeElement === first;
  const leavesForward = !event.shiftKey && document.activeElement === last;
  if (!leavesBack && !leavesForward) return;
  event.preventDefault();
  (leavesBack ? last : first).focus();
}

/** Where the focus was before the first of the dialogs that have followed one another. */
let opener: Element | null = null;

/** What gets the focus back: a dialog opened from another one, as from the palette, gives it to who opened that one. */
export function openerNow(): Element | null {
  const { activeElement } = document;
  if (activeElement?.closest('.scrim') === null) opener = activeElement;
  return opener;
}

/** The layer under a floating box; `onClose` also on a press beside it. */
export function Scrim(props: { readonly onClose: () => void; readonly children: ReactNode }): JSX.Element {
  const { onClose } = props;
  const before = useRef<Element | null>(null);
  before.current ??= openerNow();
  useEffect(() => {
    // A button that goes away with its press leaves the focus nowhere; Escape still has to close.
    const escape = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape' && document.activeElement === document.body) onClose();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, [onClose]);
  // Before the dialog that follows takes the focus, not after.
  useLayoutEffect(
    () => () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    },
    [],
  );
  return (
    <div
      className="scrim"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Tab') holdFocus(event);
      }}
    >
      {props.children}
    </div>
  );
}

/** A titled dialog; `foot` holds its buttons, the main one last. */
export function Dialog(props: {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly testId: string;
  readonly className?: string;
}): JSX.Element {
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
  }, []);
  return (
    <Scrim onClose={props.onClose}>
      <div
        ref={box}
        className={`dlg ${props.className ?? ''}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        data-testid={props.testId}
      >
        <div className="dh">
          <span id={titleId}>{props.title}</span>
          <IconButton icon="x" label={props.closeLabel} onClick={props.onClose} testId={`${props.testId}-close`} />
        </div>
        <div className="db">{props.children}</div>
        {props.foot && <div className="df">{props.foot}</div>}
      </div>
    </Scrim>
  );
}
