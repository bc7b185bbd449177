/** Searching every product and market, and the symbol that was chosen. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useCallback, useEffect, useMemo } from 'react';
import type { FoundMaster } from '#shared/contract/index.ts';
import { MASTER_PRODUCTS, type MasterProduct } from '#shared/domain/index.ts';
import { useClient } from '../../../client/context.tsx';
import { useText, type Translate } from '../../../text/index.ts';
import { Select, TextField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Grid } from '../../../ui/grid.tsx';
import { Empty, Failed, Veiled } from '../../../ui/states.tsx';
import { useMasters } from '../slice.ts';
import { find, FOUND_LIMIT, openSymbol } from './acts.ts';
import { SymbolView } from './symbol-view.tsx';

function columnsOf(t: Translate): readonly ColDef<FoundMaster>[] {
  return [
    { colId: 'name', headerName: t('masters.col.name'), flex: 2, minWidth: 110, valueGetter: (p) => p.data?.nameKo },
    {
      colId: 'code',
      headerName: t('masters.col.code'),
      width: 120,
      cellClass: 'num',
      valueGetter: (p) => p.data?.code,
    },
    {
      colId: 'product',
      headerName: t('masters.col.product'),
      width: 92,
      valueGetter: (p) => p.data && t(`masters.product.${p.data.product}`),
    },
    { colId: 'market', headerName: t('masters.col.market'), width: 100, valueGetter: (p) => p.data?.market },
    {
      colId: 'english',
      headerName: t('masters.col.english'),
      flex: 1,
      minWidth: 80,
      valueGetter: (p) => p.data?.nameEn,
    },
  ];
}

function Results(): JSX.Element {
  const t = useText();
  const { client } = useClient();
  const { found, findError, symbolId, status, query } = useMasters();
  const columns = useMemo(() => columnsOf(t), [t]);
  const isSelected = useMemo(() => (row: FoundMaster) => row.id === symbolId, [symbolId]);
  const open = useCallback((row: FoundMaster) => void openSymbol(client, row.id), [client]);
  if (findError)
    return <Failed error={findError} onRetry={() => client && void find(client)} testId="masters-find-error" />;
  if (status?.symbols === 0)
    return (
      <Empty icon="doc" title={t('masters.empty')} body={t('masters.emptyBody')} testId="masters-empty">
        <button
          type="button"
          className="btn pri"
          data-testid="masters-to-files"
          onClick={() => useMasters.setState({ tab: 'files' })}
        >
          {t('masters.toFiles')}
        </button>
      </Empty>
    );
  if (found === null)
    return <Empty icon="search" title={t('masters.ask')} body={t('masters.askBody')} testId="masters-ask" />;
  if (found.length === 0)
    return (
      <Empty icon="search" title={t('masters.none', { query })} body={t('masters.noneBody')} testId="masters-none" />
    );
  return (
    <Veiled from="core">
      <Grid
        columns={columns}
        rows={found}
        rowId={(row) => row.id}
        rowTestId={(row) => `masters-row-${row.id}`}
        isSelected={isSelected}
        onRow={open}
        label={t('masters.results')}
        testId="masters-results"
      />
    </Veiled>
  );
}

export function FindTab(): JSX.Element {
  const t = useText();
  const { client, era } = useClient();
  const { query, product, found, symbolId, status } = useMasters();
  useEffect(() => {
    if (client) void find(client);
  }, [client, era, query, product]);
  const products = [
    { value: 'all', label: t('masters.product.all') },
    ...MASTER_PRODUCTS.map((value) => ({ value, label: t(`masters.product.${value}`) })),
  ];
  return (
    <>
      <div className="tbar wrap">
        <TextField
          label={t('masters.search')}
          placeholder={t('masters.placeholder')}
          icon="search"
          text={query}
          maxLength={80}
          onText={(text) => useMasters.setState({ query: text })}
          onEnter={() => {
            const [first] = found ?? [];
            if (first) void openSymbol(client, first.id);
          }}
          testId="masters-query"
        />
        <Select
          label={t('masters.product')}
          value={product}
          choices={products}
          onChange={(value) => useMasters.setState({ product: value as MasterProduct | 'all' })}
          testId="masters-product"
        />
        <span className="sp" />
        <span className="l" role="status" data-testid="masters-count">
          {found === null
            ? status && t('masters.total', { count: number(status.symbols) })
            : t(found.length >= FOUND_LIMIT ? 'masters.foundMost' : 'masters.found', { count: number(found.length) })}
        </span>
      </div>
      <div className={symbolId === null ? 'mfind' : 'mfind has'}>
        <div className="fillcol mlist">
          <Results />
        </div>
        {symbolId !== null && <SymbolView />}
      </div>
    </>
  );
}
