/** Columns of the list of mandates. */
import type { ColDef } from 'ag-grid-community';
import { type Mandate, mandateKind, MandateState, Side } from '#shared/domain/index.ts';
import { accountName } from '../../../client/account-scope.ts';
import { triggerText } from '../../../client/mandates.ts';
import { nameOf } from '../../../store/instruments.ts';
import type { Translate } from '../../../text/index.ts';
import { number, time } from '../../../ui/format.ts';
import { issuePrice } from '../../../ui/money.ts';
import { choiceColumn, figureColumn, instantColumn, textColumn, toolColumn } from '../../../ui/table/column.ts';
import { DistanceCell, MandateActions, MandateStateCell } from './cells.tsx';

const KINDS = ['stopLoss', 'takeProfit', 'breakout', 'touch', 'trailing'] as const;

/** "시장가", "54,000". */
function priceText(t: Translate, { price, instrumentId }: Mandate): string {
  return price === null ? t('type.market') : issuePrice(price, instrumentId);
}

export function mandateColumns(t: Translate, compact: boolean): readonly ColDef<Mandate>[] {
  return [
    instantColumn<Mandate>({
      id: 'time',
      header: t('col.time'),
      width: 68,
      hide: compact,
      value: (mandate) => mandate.placedTs,
      show: time,
    }),
    textColumn<Mandate>({
      id: 'issue',
      header: t('col.instrument'),
      flex: 2,
      minWidth: 70,
      value: (mandate) => nameOf(mandate.instrumentId),
    }),
    choiceColumn<Mandate, (typeof KINDS)[number]>({
      id: 'kind',
      header: t('mandate.col.kind'),
      width: 72,
      value: mandateKind,
      show: (value) => t(`mandate.kind.${value}`),
      choices: KINDS,
    }),
    textColumn<Mandate>({ id: 'trigger', header: t('mandate.col.trigger'), width: 84, value: triggerText }),
    {
      ...textColumn<Mandate>({ id: 'distance', header: t('mandate.col.distance'), width: 118, value: () => '' }),
      cellRenderer: ({ data }: { readonly data: Mandate | undefined }) => data && <DistanceCell mandate={data} />,
    },
    {
      ...choiceColumn<Mandate, Side>({
        id: 'side',
        header: t('col.side'),
        width: 44,
        value: (mandate) => mandate.side,
        show: (value) => t(`side.${value}`),
        choices: Side.options,
      }),
      cellClass: ({ data }: { readonly data: Mandate | undefined }) => (data?.side === 'buy' ? 'u' : 'd'),
    },
    textColumn<Mandate>({
      id: 'price',
      header: t('mandate.col.sends'),
      width: 66,
      value: (mandate) => priceText(t, mandate),
    }),
    figureColumn<Mandate>({
      id: 'quantity',
      header: t('col.quantity'),
      width: 60,
      value: (mandate) => mandate.quantity,
      show: number,
    }),
    textColumn<Mandate>({
      id: 'expires',
      header: t('mandate.col.expires'),
      width: 84,
      hide: compact,
      value: (mandate) => mandate.expires,
    }),
    textColumn<Mandate>({
      id: 'account',
      header: t('col.account'),
      width: 84,
      hide: true,
      value: (mandate) => accountName(mandate.accountId),
    }),
    {
      ...choiceColumn<Mandate, MandateState>({
        id: 'state',
        header: t('col.state'),
        minWidth: 96,
        flex: 3,
        value: (mandate) => mandate.state,
        show: (value) => t(`mandate.state.${value}`),
        choices: MandateState.options,
      }),
      cellRenderer: ({ data }: { readonly data: Mandate | undefined }) => data && <MandateStateCell mandate={data} />,
    },
    toolColumn<Mandate>({
      id: 'act',
      header: t('col.act'),
      width: 108,
      cellRenderer: ({ data }: { readonly data: Mandate | undefined }) => data && <MandateActions mandate={data} />,
    }),
  ];
}
