/** A menu at a place of the window: what the right button or the menu key opens. */
import type { JSX, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { MenuPlace } from './grid.tsx';

/** Least distance from the edge of the window, pixels. */
const EDGE = 8;

export function ContextMenu(props: {
  readonly label: string;
  readonly at: MenuPlace;
  readonly onClose: () => void;
  readonly testId: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { at, onClose } = props;
  const [menu, setMenu] = useState<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    if (!menu) return;
    settle(menu, at);
    const before = document.activeElement;
    menu.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [menu, at]);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (!(event.target instanceof Node) || !menu?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [menu, onClose]);
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      onClose();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
    const next = entries.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    entries[(next + entries.length) % entries.length]?.focus();
  };
  return createPortal(
    <div
      ref={setMenu}
      className="menu"
      role="menu"
      aria-label={props.label}
      style={at}
      data-testid={props.testId}
      onKeyDown={onKey}
      onContextMenu={(event) => event.preventDefault()}
    >
      {props.children}
    </div>,
    document.body,
  );
}

/** Moves a menu inside the window. */
function settle(menu: HTMLElement, at: MenuPlace): void {
  menu.style.left = `${Math.max(EDGE, Math.min(at.left, window.innerWidth - menu.offsetWidth - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, Math.min(at.top, window.innerHeight - menu.offsetHeight - EDGE))}px`;
}
