/** What is wrong with a page as it stands: what axe finds, what is cut off, where the focus cannot be seen. */
import axe from 'axe-core';
import type { Page } from 'playwright';

/** What axe finds wrong within the parts that a selector names, as "rule: element". */
export async function axeProblems(page: Page, selector: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (where) => {
    interface Node {
      readonly html: string;
      readonly failureSummary?: string;
    }
    const { axe: engine } = globalThis as unknown as {
      axe: { run: (where: string) => Promise<{ violations: { id: string; nodes: Node[] }[] }> };
    };
    const { violations } = await engine.run(where);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 140)} ${(failureSummary ?? '').slice(0, 160)}`),
    );
  }, selector);
}

/** What goes beyond the window, and buttons of which a part is cut off where no scrolling brings it back. */
export async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { documentElement: root, body } = document;
    if (root.scrollWidth > root.clientWidth || body.scrollWidth > body.clientWidth) {
      found.push(`the page is ${Math.max(root.scrollWidth, body.scrollWidth)} wide in ${root.clientWidth}`);
    }
    const nameOf = (element: Element): string =>
      element.getAttribute('data-testid') ?? element.getAttribute('aria-label') ?? element.textContent.slice(0, 24);
    /** Pixels that rounding may make. */
    const SLACK = 1.5;
    for (const button of document.querySelectorAll<HTMLElement>('button, [role="button"], select, input')) {
      // The cells of a table scroll with it; what is only for screen readers has no place.
      if (!button.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (button.closest('.ag-root, .sr, .tour') !== null) continue;
      const box = button.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      const style = getComputedStyle(button);
      const ellipsis = button.querySelector('.el, .nm') !== null || style.textOverflow === 'ellipsis';
      if (button.tagName === 'BUTTON' && button.scrollWidth > button.clientWidth + SLACK && !ellipsis) {
        found.push(`${nameOf(button)}: its words take ${button.scrollWidth} of ${button.clientWidth}`);
      }
      let [scrollsX, scrollsY] = [false, false];
      for (let parent = button.parentElement; parent !== null; parent = parent.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(parent);
        const frame = parent.getBoundingClientRect();
        scrollsX ||= overflowX === 'auto' || overflowX === 'scroll';
        scrollsY ||= overflowY === 'auto' || overflowY === 'scroll';
        const beyondX = box.right > frame.right + SLACK || box.left < frame.left - SLACK;
        const beyondY = box.bottom > frame.bottom + SLACK || box.top < frame.top - SLACK;
        if (overflowX !== 'visible' && beyondX && !scrollsX) found.push(`${nameOf(button)}: cut off at its side`);
        if (overflowY !== 'visible' && beyondY && !scrollsY) found.push(`${nameOf(button)}: cut off above or below`);
        if (style.position === 'fixed') break;
      }
    }
    return [...new Set(found)];
  });
}

/** Where the focus is, and whether it can be seen: the look of what has it, or of its frame, without it is another one. */
export async function focusNow(page: Page): Promise<{ readonly at: string; readonly seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { at: 'nowhere', seen: false };
    const at = element.getAttribute('data-testid') ?? element.getAttribute('aria-label') ?? element.className;
    const marked = (part: Element): boolean => {
      const { boxShadow, outlineStyle, outlineWidth } = getComputedStyle(part);
      return boxShadow !== 'none' || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0);
    };
    // A field shows the caret as well; its frame is what carries the ring.
    const frame = element.closest('.field, .num-field, .qf, label');
    const box = element.getBoundingClientRect();
    const inWindow =
      box.bottom > 0 && box.right > 0 && box.top < window.innerHeight && box.left < window.innerWidth && box.width > 0;
    const table = element.closest('.ag-root') !== null;
    // The palette is nothing but its field, which shows the caret.
    if (element.closest('.pal') !== null) return { at, seen: true };
    return { at, seen: inWindow && (table || marked(element) || (frame !== null && marked(frame))) };
  });
}
