/** The tokens as colours a canvas understands, resolved once per theme. */

export interface ChartTheme {
  readonly ground: string;
  readonly ink1: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly ink4: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly grid: string;
  readonly up: string;
  readonly down: string;
  readonly upVolume: string;
  readonly downVolume: string;
  readonly label: string;
  readonly warn: string;
  readonly alert: string;
  /** Hours outside of the regular session. */
  readonly wash: string;
  /** Averages, shortest first. */
  readonly series: readonly string[];
  readonly font: string;
}

const VOLUME_STRENGTH = '.42';
const WASH_STRENGTH = '.028';

let kept: { readonly of: string; readonly theme: ChartTheme } | null = null;

/** The theme in force; read from the document once for each look of it. */
export function chartTheme(): ChartTheme {
  const { attributes } = document.documentElement;
  const of = Array.from(attributes, ({ name, value }) => `${name}=${value}`).join(' ');
  if (kept?.of !== of) kept = { of, theme: readChartTheme() };
  return kept.theme;
}

function readChartTheme(): ChartTheme {
  const probe = document.createElement('i');
  document.body.append(probe);
  const colour = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const theme: ChartTheme = {
    ground: colour('var(--s1)'),
    ink1: colour('var(--ink1)'),
    ink2: colour('var(--ink2)'),
    ink3: colour('var(--ink3)'),
    ink4: colour('var(--ink4)'),
    line: colour('var(--line1)'),
    lineStrong: colour('var(--line2)'),
    grid: colour('var(--grid)'),
    up: colour('var(--up)'),
    down: colour('var(--down)'),
    upVolume: colour(`rgb(var(--up-rgb) / ${VOLUME_STRENGTH})`),
    downVolume: colour(`rgb(var(--down-rgb) / ${VOLUME_STRENGTH})`),
    label: colour('var(--s4)'),
    warn: colour('var(--sev-high)'),
    alert: colour('var(--sev-mid)'),
    wash: colour(`rgb(var(--ink-rgb) / ${WASH_STRENGTH})`),
    series: [1, 2, 3, 4, 5, 6].map((n) => `var(--series${n})`).map(colour),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return theme;
}
