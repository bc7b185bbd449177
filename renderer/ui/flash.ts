/** Marks a changed figure for 320 ms; with reduced motion a dot stands beside it for a second instead. */
const FLASH_MS = 320;
const DOT_MS = 1_000;
const reduced = matchMedia('(prefers-reduced-motion: reduce)');
const running = new WeakMap<HTMLElement, { readonly rose: boolean; readonly animation: Animation }>();

function start(element: HTMLElement, colour: string): Animation {
  if (reduced.matches) {
    const shadow = `inset 3px 0 0 rgb(var(${colour}))`;
    return element.animate([{ boxShadow: shadow }, { boxShadow: shadow }], { duration: DOT_MS });
  }
  return element.animate(
    [{ backgroundColor: `rgb(var(${colour}) / var(--flash))` }, { backgroundColor: 'transparent' }],
    {
      duration: FLASH_MS,
      easing: 'cubic-bezier(.2,0,0,1)',
    },
  );
}

/** `rose` true: in the up colour. A flash in the same direction is left to end, so that a busy figure does not glow without pause. */
export function flash(element: HTMLElement, rose: boolean): void {
  const last = running.get(element);
  if (last?.animation.playState === 'running') {
    if (last.rose === rose) return;
    last.animation.cancel();
  }
  running.set(element, { rose, animation: start(element, rose ? '--up-rgb' : '--down-rgb') });
}

/** Writes a figure and its class, touching the page only where they differ from what stands there. */
export function write(element: HTMLElement, text: string, className: string): void {
  if (element.textContent !== text) element.textContent = text;
  if (element.className !== className) element.className = className;
}
