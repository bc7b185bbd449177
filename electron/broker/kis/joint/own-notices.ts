/** The notices of an account, which say when to look at its orders: whether they come now, and what was missed while they did not. */
import type { ChannelRecord, KisKeys, KisRealtime } from '../ports.ts';

interface OwnNoticesParts {
  readonly api: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode' | 'htsId'>;
  readonly realtime: KisRealtime;
  /** The account that a notice is about; null: it is about something else. */
  readonly accountOf: (record: ChannelRecord) => string | null;
  readonly heard: () => void;
  /** They come again: what was missed has to be asked for. */
  readonly back: () => void;
}

export class OwnNotices {
  #live = false;
  readonly #stop: (() => void) | null;

  /** None come without an HTS id. */
  constructor({ api, keys, realtime, accountOf, heard, back }: OwnNoticesParts) {
    const own = `${keys.accountNo}${keys.productCode}`;
    this.#stop =
      keys.htsId === null
        ? null
        : realtime.want({
            api,
            key: keys.htsId,
            rank: 'orders',
            record: (record) => {
              const account = accountOf(record);
              if (account === own || account === keys.accountNo) heard();
            },
            state: (state) => {
              const before = this.#live;
              this.#live = state === 'live';
              if (this.#live && !before) back();
            },
          });
  }

  /** Whether they come now; else fills come by asking. */
  get live(): boolean {
    return this.#live;
  }

  close(): void {
    this.#stop?.();
  }
}
