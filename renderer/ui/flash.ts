/** Marks a changed figure for 320 ms; with reduced motion a dot stands beside it for a second instead. */
const FLASH_MS = 320;
const DOT_MS = 1_000;
const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/** `rose` true: in the up colour. */
export function flash(element: HTMLElement, rose: boolean): void {
  const colour = rose ? '--up-rgb' : '--down-rgb';
  for (const running of element.getAnimations()) running.cancel();
  if (reduced.matches) {
    const shadow = `inset 3px 0 0 rgb(var(${colour}))`;
    element.animate([{ boxShadow: shadow }, { boxShadow: shadow }], { duration: DOT_MS });
    return;
  }
  element.animate([{ backgroundColor: `rgb(var(${colour}) / .3)` }, { backgroundColor: 'transparent' }], {
    duration: FLASH_MS,
    easing: 'cubic-bezier(.2,0,0,1)',
  });
}
