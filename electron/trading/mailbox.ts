/** A bounded queue, first in, first out, with a front door for what cannot wait. */
export class Mailbox<Message> {
  readonly #limit: number;
  #items: Message[] = [];
  #head = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** False: full, and the message was not taken. */
  post(message: Message): boolean {
    if (this.size >= this.#limit) return false;
    this.#items.push(message);
    return true;
  }

  /** Puts a message before all others, whatever the bound: only halts come this way, and only once each. */
  postFirst(message: Message): void {
    this.#items = [message, ...this.#items.slice(this.#head)];
    this.#head = 0;
  }

  take(): Message | undefined {
    const message = this.#items[this.#head];
    if (this.#head >= this.#items.length) return undefined;
    this.#head += 1;
    // Taken ones are let go in one cut, so that neither taking nor memory grows with the traffic.
    if (this.#head > 1_024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return message;
  }
}
