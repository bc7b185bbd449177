/** Buttons, segments, fields and menus. */
import type { ChangeEvent, JSX, KeyboardEvent, ReactNode, RefObject } from 'react';
import { useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Icon, type IconName } from './icons.tsx';

/** A square button whose only content is an icon; `label` is its name. */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly size?: 'sm' | 'md';
}): JSX.Element {
  return (
    <button
      type="button"
      className={props.pressed ? 'ib on' : 'ib'}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      data-testid={props.testId}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={props.size ?? 'md'} />
    </button>
  );
}

export interface Choice<T extends string | number> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
  readonly title?: string;
  readonly className?: string;
}

/** One of a few, all visible. */
export function Segment<T extends string | number>(props: {
  readonly choices: readonly Choice<T>[];
  readonly value: T | null;
  readonly label: string;
  readonly onChange: (value: T) => void;
  /** data-testid of the group; each choice gets it with its value. */
  readonly testId: string;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <span className="seg" role="radiogroup" aria-label={props.label} data-testid={props.testId}>
      {props.choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === props.value}
          className={[choice.value === props.value ? 'on' : '', choice.className ?? ''].join(' ').trim()}
          disabled={(props.disabled ?? false) || (choice.disabled ?? false)}
          title={choice.title}
          data-testid={`${props.testId}-${choice.value}`}
          onClick={() => props.onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </span>
  );
}

/** A number as text, with steps. Arrow keys step by one, with Shift by five. */
export function NumberField({
  label,
  text,
  unit,
  disabled,
  invalid,
  describedBy,
  placeholder,
  testId,
  inputRef,
  lessLabel,
  moreLabel,
  onText,
  onStep,
  onKey,
  onLeave,
}: {
  readonly label: string;
  readonly text: string;
  readonly unit: string;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly placeholder?: string;
  readonly testId: string;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  readonly lessLabel: string;
  readonly moreLabel: string;
  readonly onText: (text: string) => void;
  /** Signed number of steps. */
  readonly onStep: (steps: number) => void;
  readonly onKey?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onLeave?: () => void;
}): JSX.Element {
  const step = (steps: number) => () => onStep(steps);
  const keyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const size = event.shiftKey ? 5 : 1;
      onStep(event.key === 'ArrowUp' ? size : -size);
    } else onKey?.(event);
  };
  return (
    <span className={invalid ? 'field bad' : 'field'}>
      <button
        type="button"
        className="step-b"
        tabIndex={-1}
        aria-label={lessLabel}
        disabled={disabled}
        onClick={step(-1)}
        data-testid={`${testId}-less`}
      >
        <Icon name="minus" size="sm" />
      </button>
      <input
        ref={inputRef}
        className="num num-in"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={text}
        disabled={disabled}
        data-testid={testId}
        onChange={(event: ChangeEvent<HTMLInputElement>) => onText(event.target.value)}
        onKeyDown={keyDown}
        onFocus={(event) => event.target.select()}
        onBlur={onLeave}
      />
      <span className="un">{unit}</span>
      <button
        type="button"
        className="step-b"
        tabIndex={-1}
        aria-label={moreLabel}
        disabled={disabled}
        onClick={step(1)}
        data-testid={`${testId}-more`}
      >
        <Icon name="plus" size="sm" />
      </button>
    </span>
  );
}

/** A choice out of many. */
export function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly testId: string;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <span className="field sel">
      <select
        aria-label={props.label}
        value={props.value}
        disabled={props.disabled}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="down" size="sm" />
    </span>
  );
}

/** A plain text field. */
export function TextField(props: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly testId: string;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly invalid?: boolean;
  readonly unit?: string;
  readonly icon?: IconName;
  readonly onEnter?: () => void;
}): JSX.Element {
  return (
    <span className={props.invalid ? 'field bad' : 'field'}>
      {props.icon && <Icon name={props.icon} size="sm" />}
      <input
        aria-label={props.label}
        aria-invalid={props.invalid}
        value={props.text}
        placeholder={props.placeholder}
        autoFocus={props.autoFocus}
        maxLength={props.maxLength}
        autoComplete="off"
        spellCheck={false}
        data-testid={props.testId}
        onChange={(event) => props.onText(event.target.value)}
        onKeyDown={(event) => {
          // While Korean syllables are being composed, Enter only ends the composition.
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onEnter?.();
        }}
      />
      {props.unit && <span className="un">{props.unit}</span>}
    </span>
  );
}

/** Least distance of a menu from the edge of the window, pixels. */
const EDGE = 8;

/** A button that opens a menu below itself. `children` gets a function that closes it. */
export function MenuButton(props: {
  readonly className: string;
  readonly label: string;
  /** true: the face has words of its own, which come before the label in its name. */
  readonly spoken?: boolean;
  readonly testId: string;
  readonly disabled?: boolean;
  readonly face: ReactNode;
  /** form: holds fields, so that arrow keys stay theirs. */
  readonly kind?: 'menu' | 'form';
  readonly children: (close: () => void) => ReactNode;
}): JSX.Element {
  const [at, setAt] = useState<{ readonly left: number; readonly top: number } | null>(null);
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [menu, setMenu] = useState<HTMLDivElement | null>(null);
  const form = props.kind === 'form';
  const close = (): void => {
    setAt(null);
    button?.focus();
  };
  useEffect(() => {
    if (!at) return;
    const outside = (event: PointerEvent): void => {
      // The way of the press, and not the page as it is now: what was pressed may be gone by the press itself.
      const way = event.composedPath();
      if (!(menu && way.includes(menu)) && !(button && way.includes(button))) setAt(null);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [at, button, menu]);
  useLayoutEffect(() => {
    if (at && menu) settle(menu, at, form);
  }, [at, menu, form]);
  const open = (): void => {
    const box = button?.getBoundingClientRect();
    if (box) setAt(at ? null : { left: box.left, top: box.bottom + 2 });
  };
  return (
    <>
      <button
        ref={setButton}
        type="button"
        className={props.className}
        aria-label={props.spoken ? undefined : props.label}
        aria-haspopup={form ? 'dialog' : 'menu'}
        aria-expanded={at !== null}
        disabled={props.disabled}
        data-testid={props.testId}
        onClick={open}
      >
        {props.face}
        {props.spoken && <span className="sr"> {props.label}</span>}
      </button>
      {at &&
        createPortal(
          <div
            ref={setMenu}
            className={form ? 'menu form' : 'menu'}
            role={form ? 'dialog' : 'menu'}
            aria-label={props.label}
            style={at}
            onKeyDown={(event) => walkMenu(event, { close, form })}
          >
            {props.children(close)}
          </div>,
          document.body,
        )}
    </>
  );
}

/** Moves a menu inside the window and the focus into it. */
function settle(menu: HTMLElement, at: { readonly left: number; readonly top: number }, form: boolean): void {
  const over = at.left + menu.offsetWidth - (window.innerWidth - EDGE);
  if (over > 0) menu.style.left = `${at.left - over}px`;
  const under = at.top + menu.offsetHeight - (window.innerHeight - EDGE);
  if (under > 0) menu.style.top = `${at.top - under}px`;
  menu.querySelector<HTMLElement>(form ? 'input' : 'button:not(:disabled)')?.focus();
}

/** Arrow keys walk the enabled entries, Escape closes. */
function walkMenu(
  event: KeyboardEvent<HTMLDivElement>,
  menu: { readonly close: () => void; readonly form: boolean },
): void {
  // What is pressed here means nothing to the panel that the menu belongs to.
  event.stopPropagation();
  if (event.key === 'Escape') {
    menu.close();
    return;
  }
  if (menu.form) return;
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const next = event.key === 'ArrowDown' ? at + 1 : at - 1;
  entries[(next + entries.length) % entries.length]?.focus();
}

/** An entry of a menu. */
export function MenuItem(props: {
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly checked?: boolean;
  readonly title?: string;
}): JSX.Element {
  return (
    <button
      type="button"
      className="it"
      title={props.title}
      role={props.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={props.checked}
      disabled={props.disabled}
      data-testid={props.testId}
      onClick={props.onClick}
    >
      {props.children}
      {props.checked && (
        <span className="end">
          <Icon name="check" />
        </span>
      )}
    </button>
  );
}
