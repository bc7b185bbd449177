/** The tray: which environment is in force, whether it is connected, whether trading is halted; and the little that must be at hand without a window. */
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import { assertNever } from '#shared/errors/index.ts';
import type { CoreState } from './core-watch.ts';
import { type Colour, drawIcon, ICON_LOOK } from './icon.ts';
import { environmentName, type Words, type WordKey } from './words.ts';

/** What is told of the core, worst first. */
export interface TrayFacts {
  readonly environment: 'simulation' | 'live' | 'paper' | 'real' | null;
  readonly line: Extract<WordKey, `line.${string}`>;
  readonly halted: boolean;
  readonly lock: 'none' | 'locked' | 'armed';
}

function lineOf({ status, health }: CoreState): TrayFacts['line'] {
  if (!status || !health) return 'line.unknown';
  if (status.phase === 'switching') return 'line.switching';
  if (health.record === 'failing') return 'line.record';
  if (status.phase === 'failed' || health.market === 'down' || health.orders === 'down') return 'line.down';
  if (health.orders === 'reconciling') return 'line.checking';
  switch (health.market) {
    case 'stale':
      return 'line.stale';
    case 'paused':
      return 'line.paused';
    case 'live':
      return 'line.ready';
    default:
      return assertNever(health.market);
  }
}

/** What the tray tells of a state of the core. */
export function trayFacts(state: CoreState): TrayFacts {
  return {
    environment: state.status?.environment ?? null,
    line: lineOf(state),
    halted: state.health?.orders === 'halted',
    lock: state.status?.lock.state ?? 'none',
  };
}

/** The state in one line: "마루 · KIS 실전투자 · 잠김 · 연결됨". */
export function trayLine(facts: TrayFacts, words: Words): string {
  return [
    words('name'),
    ...(facts.environment === null ? [] : [environmentName(words, facts.environment)]),
    ...(facts.lock === 'none' ? [] : [words(facts.lock)]),
    words(facts.line),
    ...(facts.halted ? [words('halted')] : []),
  ].join(' · ');
}

const RED: Colour = [229, 72, 77];
const AMBER: Colour = [245, 166, 35];
const BLUE: Colour = [62, 130, 247];
const GREEN: Colour = [48, 164, 108];

/** Red: halted or not connected · amber: real money · blue: paper · green: on this computer only. */
export function spotOf(facts: TrayFacts): Colour {
  if (facts.halted || facts.line === 'line.down' || facts.line === 'line.record') return RED;
  if (facts.environment === 'real') return AMBER;
  return facts.environment === 'paper' ? BLUE : GREEN;
}

export interface TrayParts {
  readonly create: (image: NativeImage) => Tray;
  readonly image: (png: Buffer, scaleFactor: number) => NativeImage;
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => ReturnType<typeof Menu.buildFromTemplate>;
  readonly platform: NodeJS.Platform;
  readonly acts: { show(): void; halt(): void; quit(): void };
}

/** Points of the picture; drawn twice as fine. */
const POINTS = 16;
const SCALE = 2;

/** The tray's menu: the state in words, then what can be done. */
export function trayMenu(facts: TrayFacts, words: Words, acts: TrayParts['acts']): MenuItemConstructorOptions[] {
  return [
    { label: trayLine(facts, words), enabled: false },
    { type: 'separator' },
    { label: words('show'), click: () => acts.show() },
    { label: words('halt'), enabled: !facts.halted, click: () => acts.halt() },
    { type: 'separator' },
    { label: words('quit'), click: () => acts.quit() },
  ];
}

export class TraySign {
  readonly #parts: TrayParts;
  readonly #tray: Tray;
  #shown = '';

  /** Throws where the desktop has no tray. */
  constructor(parts: TrayParts) {
    this.#parts = parts;
    this.#tray = parts.create(this.#picture(GREEN));
    // On macOS a press opens the menu.
    if (parts.platform !== 'darwin') this.#tray.on('click', () => parts.acts.show());
  }

  show(facts: TrayFacts, words: Words): void {
    const line = trayLine(facts, words);
    if (line === this.#shown) return;
    this.#shown = line;
    this.#tray.setImage(this.#picture(spotOf(facts)));
    this.#tray.setToolTip(line);
    // Given as a whole each time: on Linux a change within a menu is not seen.
    this.#tray.setContextMenu(this.#parts.buildMenu(trayMenu(facts, words, this.#parts.acts)));
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #picture(spot: Colour): NativeImage {
    return this.#parts.image(drawIcon(POINTS * SCALE, { ...ICON_LOOK, spot }), SCALE);
  }
}
