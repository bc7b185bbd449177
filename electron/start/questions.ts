/** Asks the person at the terminal, without showing what is secret; where there is none, takes the next line of standard input. */
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Lines of standard input, one at a time, read only when asked. */
export class Questions {
  readonly #input: NodeJS.ReadStream;
  readonly #tell: (text: string) => void;
  #lines: AsyncIterator<string> | null = null;
  #reader: Interface | null = null;

  constructor(input: NodeJS.ReadStream, tell: (text: string) => void) {
    this.#input = input;
    this.#tell = tell;
  }

  /** The next line; empty where the input has ended. */
  async ask(question: string, how: { readonly secret: boolean }): Promise<string> {
    const terminal = this.#input.isTTY;
    if (terminal) this.#tell(`${question}: `);
    if (terminal && !how.secret) return this.#line(true);
    const line = await this.#line(false);
    if (terminal) this.#tell('\n');
    return line;
  }

  /** Lets the process end. */
  close(): void {
    this.#reader?.close();
    this.#reader = null;
    this.#lines = null;
  }

  async #line(echo: boolean): Promise<string> {
    if (this.#input.isTTY) {
      // A reader of its own for each question: it draws what is typed, or nothing.
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      const reader = createInterface({ input: this.#input, output: echo ? process.stderr : silent, terminal: true });
      return new Promise((resolve) => {
        reader.once('line', (line) => {
          reader.close();
          resolve(line);
        });
        reader.once('close', () => resolve(''));
      });
    }
    this.#reader ??= createInterface({ input: this.#input });
    this.#lines ??= this.#reader[Symbol.asyncIterator]();
    const next = await this.#lines.next();
    return next.done === true ? '' : next.value;
  }
}
