/** Index tiles for the top bar: the exchange's own change where it is known, else an index that Maru counts from the board. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { boardIndex, OWN_INDEX_BASE } from '#shared/market/index.ts';
import { useBoard } from '../../client/board.ts';
import { useMarketStates } from '../../store/market-states.ts';
import { useText } from '../../text/index.ts';
import { direction, number, percent, UNKNOWN } from '../../ui/format.ts';

const TILES = ['KOSPI', 'KOSDAQ'] as const;
const PPM_PER_PERCENT = 10_000;

/** Two decimals, as indices are written. */
function indexText(value: number): string {
  const [whole = '0', fraction = ''] = value.toFixed(2).split('.');
  return `${number(Number(whole))}.${fraction}`;
}

function Tile({ market }: { readonly market: (typeof TILES)[number] }): JSX.Element {
  const t = useText();
  const { table, version, marketOf } = useBoard({ scope: 'market', history: false });
  const state = useMarketStates(({ byMarket }) => byMarket.get(market));
  const own = useMemo(
    () => boardIndex(table, (place) => marketOf(place) === market),
    [table, version, marketOf, market], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const name = t(`market.${market}`);
  // Where only some issues are followed, an index counted from them would say nothing of the market.
  if (table.head?.coverage !== 'all') {
    const ppm = state?.indexChangePpm ?? null;
    const change = ppm === null ? null : ppm / PPM_PER_PERCENT;
    return (
      <span className="ix" title={t('index.exchange', { name })} data-testid={`index-${market}`}>
        <span className="l">{name}</span>
        <b className={`num ${direction(change)}`}>{change === null ? UNKNOWN : percent(change)}</b>
      </span>
    );
  }
  if (!own) {
    return (
      <span className="ix" title={t('index.none', { name })} data-testid={`index-${market}`}>
        <span className="l">{name}</span>
        <b className="num">{UNKNOWN}</b>
      </span>
    );
  }
  const tone = direction(Number(own.changePercent.toFixed(2)));
  const value = indexText(own.value);
  return (
    <span
      className="ix"
      title={t('index.own', { name, base: number(OWN_INDEX_BASE), issues: number(own.issues) })}
      data-testid={`index-${market}`}
    >
      <span className="l">{t('index.ownName', { name })}</span>
      <b className={`num ${tone}`}>{value}</b>
      <span className={`num ${tone}`}>{percent(own.changePercent)}</span>
    </span>
  );
}

/** Two tiles; the top bar drops them where the window is narrow. */
export function IndexStrip(): JSX.Element {
  const t = useText();
  return (
    <span className="ixs" role="group" aria-label={t('index.label')} data-testid="index-strip">
      {TILES.map((market) => (
        <Tile key={market} market={market} />
      ))}
    </span>
  );
}
