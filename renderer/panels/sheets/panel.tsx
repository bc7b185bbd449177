/** Reference data of the broker: sheets at the left, the chosen one at the right. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { usePanel } from '../../client/panel-context.tsx';
import { useSheets } from '../../client/sheet-feed.ts';
import { useSheetStore } from '../../store/sheets.ts';
import { useText } from '../../text/index.ts';
import { TextField } from '../../ui/controls.tsx';
import { number } from '../../ui/format.ts';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { SheetList } from './parts/list.tsx';
import { SheetView } from './parts/sheet-view.tsx';
import { setPanel, usePanelState } from './slice.ts';

export function SheetsPanel(): JSX.Element {
  const t = useText();
  const { panelId } = usePanel();
  const { sheet, search } = usePanelState(panelId);
  const sheets = useSheets();
  const source = useSheetStore((state) => state.source);
  const spent = useSheetStore((state) => state.spent);
  const list = useMemo(() => [...(sheets?.values() ?? [])], [sheets]);
  if (!sheets || !source) return <Skeleton rows={8} />;
  const info = sheet === null ? undefined : sheets.get(sheet);
  return (
    <div className="sheet-room">
      <div className={info ? 'sheet-rooms has' : 'sheet-rooms'} data-testid="sheets">
        <div className="sheet-left">
          <div className="tbar">
            <TextField
              label={t('sheet.search')}
              text={search}
              icon="search"
              placeholder={t('sheet.searchHint')}
              onText={(text) => setPanel(panelId, () => ({ search: text }))}
              maxLength={40}
              testId="sheets-search"
            />
          </div>
          <SheetList list={list} />
          <p className="note" data-testid="sheets-source">
            {source.env === 'simulator'
              ? t('sheet.from.simulator')
              : t(`sheet.from.${source.endpoint}`, { name: source.label ?? '' })}{' '}
            · <span className="num">{t('sheet.spentAll', { count: number(spent) })}</span>
          </p>
        </div>
        <div className="sheet-main">
          {info ? (
            <SheetView key={info.id} info={info} />
          ) : (
            <Empty
              icon="doc"
              title={t('sheet.title', { count: list.length })}
              body={t('sheet.titleBody')}
              testId="sheets-empty"
            />
          )}
        </div>
      </div>
    </div>
  );
}
