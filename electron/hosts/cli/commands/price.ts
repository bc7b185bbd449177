/** `price`: quotes now. */
import type { Contract } from '#shared/contract/index.ts';
import { bondId, codeOf, InstrumentId, krxId, priceUnitOf, type Quote } from '#shared/domain/index.ts';
import { derivativeIdOfCode } from '#shared/market/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { RemoteError, type Client } from '#shared/rpc/index.ts';
import type { CliWorld, Command } from '../command.ts';
import { moneyCell, table } from '../table.ts';

/** Wait for the first quote of every issue, milliseconds. */
const PATIENCE_MS = 5_000;
const MAX_CODES = 100;

/** The id of a short code as the user types it. */
export function idOf(code: string): string {
  const plain = code.toUpperCase().replace(/^KRX:/, '');
  if (!/^[0-9A-Z]{6}$/.test(plain)) throw new AppError('INSTRUMENT_UNKNOWN', { code });
  return krxId(plain);
}

/** The id of a code or symbol as the user types it: "005930", "AAPL", "BRK/B", "NASD:AAPL", "SHAA:600519", "KR103502GA34" of a bond, "KRXF:A01612". */
export async function resolveId(client: Client<Contract>, code: string): Promise<string> {
  const typed = code.toUpperCase();
  if (typed.includes(':')) {
    if (!InstrumentId.safeParse(typed).success) throw new AppError('INSTRUMENT_UNKNOWN', { code });
    return typed;
  }
  // A code with a figure is Korean: abroad it needs its exchange, for half of a Korean code may be a whole one in Tokyo.
  if (/^(?=.*\d)[0-9A-Z]{6}$/.test(typed)) return krxId(typed);
  if (/^KR[0-9A-Z]{9}\d$/.test(typed)) return bondId(typed);
  // An option's code is longer than a share's; that of a future needs its market, "KRXF:A01612".
  if (/^[23BC][0-9A-Z]{8}$/.test(typed)) return derivativeIdOfCode(typed) ?? typed;
  if (!/^[A-Z]{1,6}(?:[/.][A-Z]{1,4})?$/.test(typed)) throw new AppError('INSTRUMENT_UNKNOWN', { code });
  const { instruments } = await client.market.instruments({});
  const [found, another] = instruments.filter((each) => each.code === typed);
  // Of two markets with one symbol none is guessed.
  if (!found || another) throw new AppError('INSTRUMENT_UNKNOWN', { code });
  return found.id;
}

/** The first quote of each issue; those that did not come in time are left out. */
export function firstQuotes(
  client: Client<Contract>,
  ids: readonly string[],
  world: CliWorld,
): Promise<ReadonlyMap<string, Quote>> {
  return new Promise((resolve, reject) => {
    const quotes = new Map<string, Quote>();
    const finish = (): void => {
      timer.cancel();
      close();
      resolve(quotes);
    };
    const timer = world.after(PATIENCE_MS, finish);
    const close = client.market.quotes(
      { instrumentIds: [...ids] },
      {
        batch(items) {
          for (const quote of items) quotes.set(quote.instrumentId, quote);
          if (quotes.size === ids.length) finish();
        },
        end(error) {
          timer.cancel();
          if (error) reject(new RemoteError(error));
        },
      },
    );
  });
}

export const price: Command = {
  name: 'price',
  summary: '현재가를 알려 줍니다.',
  takes: 'CODE...',
  options: { code: { kind: 'text', value: 'CODE', summary: '종목 코드. 이름 없이 적어도 됩니다.' } },
  async run({ args: given, flags, core, world, result }) {
    const one = flags.optional('code');
    const args = one === null ? given : [one, ...given];
    if (args.length === 0) throw new AppError('INPUT_INVALID', { where: 'CODE', why: '종목 코드를 적으세요.' });
    if (args.length > MAX_CODES)
      throw new AppError('INPUT_INVALID', { where: 'CODE', why: `한 번에 ${MAX_CODES}종목까지입니다.` });
    const client = await core();
    const ids = [...new Set(await Promise.all(args.map((code) => resolveId(client, code))))];
    const known = new Set((await client.market.instruments({})).instruments.map(({ id }) => id));
    // Of anything but a Korean share that is not listed here the broker may know.
    const unknown = ids.find((id) => !known.has(id) && priceUnitOf(id) === 'KRW');
    if (unknown !== undefined) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(unknown) });
    const quotes = await firstQuotes(client, ids, world);
    const missing = ids.find((id) => !quotes.has(id));
    if (missing !== undefined) throw new AppError('QUOTE_MISSING', { code: codeOf(missing) });
    const found = ids.map((id) => quotes.get(id)).filter((quote) => quote !== undefined);
    result({ quotes: found }, () =>
      table(
        ['종목', '현재가', '매수호가', '매도호가', '시가', '고가', '저가', '거래량'],
        found.map((quote) => [
          codeOf(quote.instrumentId),
          ...[quote.last ?? quote.base, quote.bid, quote.ask, quote.open, quote.high, quote.low].map((price) =>
            moneyCell(price, priceUnitOf(quote.instrumentId)),
          ),
          quote.volume,
        ]),
      ),
    );
    return undefined;
  },
};
