/** Lays a page of HTML out for paper beside the program's own, and prints it alone: the browser's dialog makes a PDF of it. */

/** What stands for paper; on the screen it is not there. */
const PAPER = 'paper';

/** The style of a whole page, for a tree that hangs in another one. */
function inTree(style: string): string {
  return style
    .replaceAll(':root', ':host')
    .replaceAll(/(^|[}\n{])body\{/g, '$1.sheet{')
    .replaceAll(/@page\{[^}]*\}/g, '');
}

/**
 * Puts a page that needs nothing from elsewhere where only printing sees it, in place of the one before. Its own style is taken
 * along; scripts are not run.
 */
export function layOutForPaper(html: string): void {
  const styles: string[] = [];
  // Taken out as text: the program's policy lets no style stand in a page, not even in one that is only read.
  const plain = html.replaceAll(/<style>([\s\S]*?)<\/style>/g, (_all, style: string) => {
    styles.push(style);
    return '';
  });
  const told = new DOMParser().parseFromString(plain, 'text/html');
  document.getElementById(PAPER)?.remove();
  const host = document.createElement('div');
  host.id = PAPER;
  host.setAttribute('aria-hidden', 'true');
  const tree = host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(inTree(styles.join('\n')));
  tree.adoptedStyleSheets = [style];
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  for (const script of told.querySelectorAll('script')) script.remove();
  sheet.append(...told.body.childNodes);
  tree.append(sheet);
  document.body.append(host);
}

/** Prints what is laid out for paper under a title, which the browser offers as the file's name. */
export function printPaper(title: string): void {
  const before = document.title;
  document.title = title;
  window.addEventListener('afterprint', () => void (document.title = before), { once: true });
  window.print();
}
