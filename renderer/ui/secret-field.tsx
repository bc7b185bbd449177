/** A field for a secret: the page never holds what is typed, neither as state nor as an attribute, and nothing fills it in. */
import type { JSX, RefObject } from 'react';
import { useState } from 'react';

/** Takes a secret out of its field; afterwards the field is empty. */
export function takeSecret(input: RefObject<HTMLInputElement | null>): string {
  const { current } = input;
  if (!current) return '';
  const secret = current.value.trim();
  clearSecret(current);
  return secret;
}

/** Empties a secret's field. */
export function clearSecret(input: HTMLInputElement): void {
  input.value = '';
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Puts a secret into its field, for example one that was pasted with others. */
export function putSecret(input: RefObject<HTMLInputElement | null>, secret: string): void {
  const { current } = input;
  if (!current) return;
  current.value = secret;
  current.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A password field without memory: React's value would be written into the page as an attribute, so there is none. */
export function SecretField(props: {
  readonly label: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly testId: string;
  /** Digits only, as a PIN. */
  readonly numeric?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly invalid?: boolean;
  /** Said beside the field by the number of characters in it. */
  readonly countText?: (length: number) => string;
  readonly onEnter?: () => void;
}): JSX.Element {
  const [length, setLength] = useState(0);
  return (
    <span className={props.invalid ? 'field bad' : 'field'}>
      <input
        ref={props.inputRef}
        type="password"
        inputMode={props.numeric ? 'numeric' : 'text'}
        // "off" is not heeded for passwords; this keeps saved ones of other pages out.
        autoComplete="new-password"
        autoCapitalize="off"
        spellCheck={false}
        data-lpignore="true"
        data-1p-ignore="true"
        aria-label={props.label}
        aria-invalid={props.invalid}
        placeholder={props.placeholder}
        autoFocus={props.autoFocus}
        data-testid={props.testId}
        onInput={(event) => setLength(event.currentTarget.value.trim().length)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onEnter?.();
        }}
      />
      {props.countText && length > 0 && <span className="un num">{props.countText(length)}</span>}
    </span>
  );
}
