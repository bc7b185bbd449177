/** Made-up records of real-time channels: a walk of prices that depends on channel, key and number alone. */
import { kstDate, kstTimeText, type EpochMs } from '#shared/time/index.ts';
import type { ChannelApi } from '../../catalogue/index.ts';
import { fieldKind } from './field-kind.ts';
import { RowValues } from './row-values.ts';

export interface SyntheticTick {
  readonly channel: ChannelApi;
  /** tr_key as it was registered. */
  readonly key: string;
  /** 0, 1, 2 … of this registration. */
  readonly seq: number;
  /** The server's clock. */
  readonly nowTs: EpochMs;
}

/** Symbol of an overseas key: "DNASAAPL" → "AAPL", "RBAQAAPL" → "AAPL". */
function codeOf(channel: ChannelApi, key: string): string {
  return channel.product === 'overseas-stock' && /^[DR][A-Z]{3}./.test(key) ? key.slice(4) : key;
}

/** The values of a record in the order of the columns, without `^`. */
export function syntheticRecord({ channel, key, seq, nowTs }: SyntheticTick): string[] {
  const plan = {
    api: channel,
    seed: `${channel.trId.real ?? channel.id}/${key}/${seq}`,
    priceSeed: codeOf(channel, key),
    date: kstDate(nowTs).replaceAll('-', ''),
    time: kstTimeText(nowTs).replaceAll(':', ''),
    issue: codeOf(channel, key),
    count: 1,
    given: { rsym: key, cust_id: key },
  };
  const values = new RowValues(plan);
  return channel.columns.map((column, place) => {
    // The first column of quotes is what was registered, whatever its name.
    const named = place === 0 && fieldKind(column) === 'text' ? codeOf(channel, key) : values.value(column);
    return named.replaceAll('^', ' ');
  });
}
