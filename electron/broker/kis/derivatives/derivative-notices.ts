/** The notices of an account of futures and options: the channel of the day, and while the night is open those of the night. */
import { OwnNotices } from '../joint/index.ts';
import type { KisKeys, KisRealtime } from '../ports.ts';
import { accountOfDerivativeNotice, DERIVATIVE_NOTICE, NIGHT_NOTICES } from './wire/notice.ts';

interface NoticeParts {
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode' | 'htsId'>;
  readonly realtime: KisRealtime;
  /** Whether the night is open now. */
  readonly isNight: () => boolean;
  readonly heard: () => void;
  /** They come again: what was missed has to be asked for. */
  readonly back: () => void;
}

export class DerivativeNotices {
  readonly #parts: NoticeParts;
  #night: boolean;
  #channels: readonly OwnNotices[];

  constructor(parts: NoticeParts) {
    this.#parts = parts;
    this.#night = parts.isNight();
    this.#channels = this.#open();
  }

  /** Whether all that there are now come; else fills come by asking. */
  get live(): boolean {
    return this.#channels.every(({ live }) => live);
  }

  /** Changes the channels with the bell: each takes up one of the few registrations there are. */
  follow(): void {
    const night = this.#parts.isNight();
    if (night === this.#night) return;
    this.#night = night;
    this.close();
    this.#channels = this.#open();
    this.#parts.back();
  }

  close(): void {
    for (const channel of this.#channels) channel.close();
  }

  #open(): readonly OwnNotices[] {
    const apis = this.#night ? NIGHT_NOTICES : [DERIVATIVE_NOTICE];
    return apis.map((api) => new OwnNotices({ ...this.#parts, api, accountOf: accountOfDerivativeNotice }));
  }
}
