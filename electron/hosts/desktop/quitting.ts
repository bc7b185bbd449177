/** The way out: says what is still open and asks, once; then closes the records, then ends. */
import type { App, BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Environment } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';
import type { StillOpen } from './core-watch.ts';
import type { Words } from './words.ts';

/** One line for each kind of thing that is not finished; none: nothing is. */
export function openLines(open: StillOpen, environment: Environment, words: Words): string[] {
  const atBroker = environment === 'paper' || environment === 'real';
  const settled = open.orders - open.unconfirmed;
  return [
    ...(open.known ? [] : [words('quit.notKnown')]),
    ...(settled > 0 ? [words(atBroker ? 'quit.ordersBroker' : 'quit.ordersHere', { count: settled })] : []),
    ...(open.unconfirmed > 0 ? [words('quit.unconfirmed', { count: open.unconfirmed })] : []),
    ...(open.mandates > 0 ? [words('quit.mandates', { count: open.mandates })] : []),
    ...(open.imports > 0 ? [words('quit.imports', { count: open.imports })] : []),
  ];
}

type Answer = 'stay' | 'tray' | 'go';

/** The question with the answers behind its buttons; staying is what Enter and Escape do. */
export function quitQuestion(
  lines: readonly string[],
  tray: boolean,
  words: Words,
): { readonly options: MessageBoxOptions; readonly answers: readonly Answer[] } {
  const answers: readonly Answer[] = tray ? ['stay', 'tray', 'go'] : ['stay', 'go'];
  return {
    answers,
    options: {
      type: 'warning',
      title: words('name'),
      message: words('quitTitle'),
      detail: [...lines.map((line) => `• ${line}`), ...(tray ? ['', words('quit.trayHint')] : [])].join('\n'),
      buttons: answers.map((answer) => words(`quit.${answer}`)),
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    },
  };
}

export interface QuittingParts {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly logger: Logger;
  readonly stillOpen: () => Promise<StillOpen>;
  readonly environment: () => Environment;
  readonly words: () => Words;
  /** Where the question stands; null where no window is to be seen. */
  readonly window: () => BrowserWindow | null;
  /** Whether there is a tray to stay in. */
  readonly hasTray: () => boolean;
  readonly toTray: () => void;
  /** The user stays: there has to be a window. */
  readonly stay: () => void;
  /** The windows may close now without a word. */
  readonly leave: () => void;
  /** Closes the core with its records. */
  readonly closeCore: () => Promise<void>;
}

export class Quitting {
  readonly #parts: QuittingParts;
  /** A wish during the question, or on the way out, changes nothing. */
  #phase: 'open' | 'asking' | 'leaving' | 'closing' = 'open';

  constructor(parts: QuittingParts) {
    this.#parts = parts;
    const { app } = parts;
    app.on('before-quit', (event) => {
      if (this.leaving) return;
      event.preventDefault();
      this.wish();
    });
    app.on('window-all-closed', () => this.wish());
    app.on('will-quit', (event) => {
      event.preventDefault();
      this.#close();
    });
  }

  get leaving(): boolean {
    return this.#phase === 'leaving' || this.#phase === 'closing';
  }

  /** The user wants to quit. */
  wish(): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'asking';
    this.#ask().then(
      (answer) => this.#take(answer),
      (error: unknown) => {
        this.#parts.logger.error('quit question failed', { error });
        this.#take('stay');
      },
    );
  }

  /** A signal or the end of the session: nobody is there to answer. */
  now(): void {
    if (!this.leaving) this.#leave();
  }

  async #ask(): Promise<Answer> {
    const { dialog, words, hasTray, stillOpen, environment, window } = this.#parts;
    const lines = openLines(await stillOpen(), environment(), words());
    if (lines.length === 0) return 'go';
    const { options, answers } = quitQuestion(lines, hasTray(), words());
    const over = window();
    const { response } = await (over ? dialog.showMessageBox(over, options) : dialog.showMessageBox(options));
    return answers[response] ?? 'stay';
  }

  #take(answer: Answer): void {
    // Meanwhile something ended it without asking.
    if (this.#phase !== 'asking') return;
    if (answer === 'go') {
      this.#leave();
      return;
    }
    this.#phase = 'open';
    if (answer === 'tray') this.#parts.toTray();
    else this.#parts.stay();
  }

  #leave(): void {
    this.#phase = 'leaving';
    this.#parts.leave();
    this.#parts.app.quit();
  }

  #close(): void {
    if (this.#phase === 'closing') return;
    this.#phase = 'closing';
    this.#parts.closeCore().then(
      () => this.#parts.app.exit(0),
      (error: unknown) => {
        this.#parts.logger.error('core not closed', { error });
        this.#parts.app.exit(1);
      },
    );
  }
}
