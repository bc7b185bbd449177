/** Columns of the holdings; what depends on prices draws itself from the market bus. */
import type { ColDef } from 'ag-grid-community';
import { currencyOf, type AccountCurrency, type Position } from '#shared/domain/index.ts';
import type { MarketBus } from '../../../client/market-bus.ts';
import { averageCost, markPrice, valueOf } from '../../../client/valuation.ts';
import { nameOf } from '../../../store/instruments.ts';
import type { Translate } from '../../../text/index.ts';
import { changePercent, direction, number, share, UNKNOWN } from '../../../ui/format.ts';
import { issueMoney, money, signedMoney } from '../../../ui/money.ts';
import { write } from '../../../ui/flash.ts';
import { liveCell } from '../../../ui/grid.tsx';

/** A holding, or the row of totals. */
export interface HoldingRow {
  readonly id: string;
  readonly position: Position | null;
  readonly total: {
    readonly count: number;
    readonly valueKrw: number;
    readonly costKrw: number;
    readonly unrealisedKrw: number;
    readonly weight: string;
    readonly currency: AccountCurrency;
  } | null;
}

type Draw = (position: Position, bus: MarketBus) => { readonly text: string; readonly tone: string };

const NONE = { text: UNKNOWN, tone: 'stale-num' };

const drawPrice: Draw = (position, bus) => {
  const quote = bus.quote(position.instrumentId);
  return quote
    ? { text: issueMoney(markPrice(quote), quote.instrumentId), tone: direction(markPrice(quote) - quote.base) }
    : NONE;
};
const drawProfit: Draw = (position, bus) => {
  const value = valueOf(position, bus.quote(position.instrumentId));
  return value
    ? {
        text: signedMoney(value.unrealisedKrw, currencyOf(position.instrumentId)),
        tone: direction(value.unrealisedKrw),
      }
    : NONE;
};
const drawReturn: Draw = (position, bus) => {
  const value = valueOf(position, bus.quote(position.instrumentId));
  return value && position.costKrw > 0
    ? { text: changePercent(value.unrealisedKrw, position.costKrw), tone: direction(value.unrealisedKrw) }
    : NONE;
};

function cell(
  bus: MarketBus,
  draw: Draw,
  total: (row: NonNullable<HoldingRow['total']>) => { readonly text: string; readonly tone: string },
): ReturnType<typeof liveCell<HoldingRow>> {
  return liveCell<HoldingRow>({
    start(element, row) {
      const show = (what: { readonly text: string; readonly tone: string }): void => {
        write(element, what.text, `px num ${what.tone}`);
      };
      const { position } = row;
      if (!position) {
        if (row.total) show(total(row.total));
        return () => undefined;
      }
      const redraw = (): void => show(draw(position, bus));
      redraw();
      return bus.watchQuote(position.instrumentId, redraw);
    },
  });
}

export function holdingColumns(parts: {
  readonly bus: MarketBus;
  readonly t: Translate;
  readonly compact: boolean;
  /** Net assets, for the weight of a holding; null while unknown. */
  readonly netAssets: () => number | null;
}): readonly ColDef<HoldingRow>[] {
  const { bus, t } = parts;
  const right = { cellClass: 'r num', headerClass: 'r' };
  const drawWeight: Draw = (position, b) => {
    const value = valueOf(position, b.quote(position.instrumentId));
    const whole = parts.netAssets();
    return value && whole !== null && whole > 0 ? { text: share(value.valueKrw, whole), tone: '' } : NONE;
  };
  const columns: ColDef<HoldingRow>[] = [
    {
      headerName: t('col.instrument'),
      flex: 1,
      minWidth: 76,
      cellClass: 'nm',
      valueGetter: (p) => {
        if (!p.data) return '';
        return p.data.position
          ? nameOf(p.data.position.instrumentId)
          : t('positions.total', { count: p.data.total?.count ?? 0 });
      },
    },
    {
      headerName: t('col.quantity'),
      width: 52,
      ...right,
      valueGetter: (p) => (p.data?.position ? number(p.data.position.quantity) : ''),
    },
    {
      headerName: t('col.average'),
      width: 70,
      ...right,
      valueGetter: (p) =>
        p.data?.position ? issueMoney(averageCost(p.data.position), p.data.position.instrumentId) : '',
    },
    {
      headerName: t('col.last'),
      width: 82,
      ...right,
      cellRenderer: cell(bus, drawPrice, (x) => ({ text: money(x.valueKrw, x.currency), tone: '' })),
    },
    {
      headerName: t('col.unrealised'),
      width: 80,
      ...right,
      cellRenderer: cell(bus, drawProfit, (x) => ({
        text: signedMoney(x.unrealisedKrw, x.currency),
        tone: direction(x.unrealisedKrw),
      })),
    },
    {
      headerName: t('col.return'),
      width: 62,
      ...right,
      cellRenderer: cell(bus, drawReturn, (x) => ({
        text: x.costKrw > 0 ? changePercent(x.unrealisedKrw, x.costKrw) : UNKNOWN,
        tone: direction(x.unrealisedKrw),
      })),
    },
  ];
  if (!parts.compact) {
    columns.push({
      headerName: t('col.weight'),
      width: 52,
      ...right,
      cellRenderer: cell(bus, drawWeight, (x) => ({ text: x.weight, tone: '' })),
    });
  }
  return columns;
}
