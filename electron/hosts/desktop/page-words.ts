/** What the pages tell their shell: each its list of actions for the menu, and that its window is wanted. */
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { SHELL_WORD_LIMIT, ShellWord } from '#shared/contract/index.ts';
import type { Logger } from '#shared/ports.ts';
import { SHELL_CHANNEL } from './channel.ts';
import type { PageMenu } from './menu.ts';
import { fromPage } from './sender.ts';

export class PageWords {
  readonly #menus = new Map<WebContents, PageMenu | null>();
  readonly #logger: Logger;
  readonly #told: (contents: WebContents, word: ShellWord) => void;

  constructor(parts: {
    readonly ipcMain: Pick<IpcMain, 'on'>;
    readonly logger: Logger;
    readonly told: (contents: WebContents, word: ShellWord) => void;
  }) {
    this.#logger = parts.logger;
    this.#told = parts.told;
    parts.ipcMain.on(SHELL_CHANNEL, (event, text: unknown) => this.#hear(event, text));
  }

  listen(contents: WebContents): void {
    this.#menus.set(contents, null);
    contents.once('destroyed', () => this.#menus.delete(contents));
  }

  /** The list that a page told last; null where it has told none. */
  menuOf(contents: WebContents | undefined): PageMenu | null {
    return contents === undefined ? null : (this.#menus.get(contents) ?? null);
  }

  #hear(event: IpcMainEvent, text: unknown): void {
    if (!this.#menus.has(event.sender) || !fromPage(event, event.sender)) {
      this.#logger.warn('shell: word from elsewhere dropped', { url: event.senderFrame?.url ?? 'gone' });
      return;
    }
    try {
      if (typeof text !== 'string' || text.length > SHELL_WORD_LIMIT) throw new RangeError('not a word');
      const word = ShellWord.parse(JSON.parse(text));
      if (word.kind === 'menu') this.#menus.set(event.sender, word);
      this.#told(event.sender, word);
    } catch (error) {
      this.#logger.warn('shell: word not understood', { error });
    }
  }
}
