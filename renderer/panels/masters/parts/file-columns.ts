/** The columns of the table of files. */
import type { ColDef, ITooltipParams } from 'ag-grid-community';
import type { MasterFileState } from '#shared/contract/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import type { Translate } from '../../../text/index.ts';
import { numberOr, timeShort, UNKNOWN } from '../../../ui/format.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** "11-27 06:10" in Korea. */
export function momentText(ts: number): string {
  return `${kstDate(epochMs(ts)).slice(5)} ${timeShort(ts)}`;
}

/** How long ago, in hours, then in days. */
function ageText(t: Translate, ts: number, now: number): string {
  const hours = Math.max(0, Math.floor((now - ts) / HOUR_MS));
  if (hours < 1) return t('masters.age.now');
  return hours < DAY_HOURS
    ? t('masters.age.hours', { hours })
    : t('masters.age.days', { days: Math.floor(hours / DAY_HOURS) });
}

function stateText(t: Translate, { kept, refused }: MasterFileState): string {
  if (refused) return t(kept ? 'masters.state.refusedKept' : 'masters.state.refused');
  if (!kept) return t('masters.state.absent');
  return t(kept.otherLayout ? 'masters.state.otherLayout' : 'masters.state.ready');
}

export function fileColumns(t: Translate, now: number): readonly ColDef<MasterFileState>[] {
  const figure = { headerClass: 'r', cellClass: 'r num' } as const;
  return [
    { colId: 'title', headerName: t('masters.col.title'), flex: 2, minWidth: 130, valueGetter: (p) => p.data?.title },
    {
      colId: 'state',
      headerName: t('masters.col.state'),
      flex: 2,
      minWidth: 120,
      cellClassRules: { err: (p) => Boolean(p.data?.refused) },
      tooltip: (p: ITooltipParams<MasterFileState>) => p.data?.refused?.why.messageKo ?? '',
      valueGetter: (p) => (p.data ? stateText(t, p.data) : ''),
    },
    {
      colId: 'file',
      headerName: t('masters.col.file'),
      width: 138,
      cellClass: 'mut',
      valueGetter: (p) => p.data?.file,
    },
    {
      ...figure,
      colId: 'rows',
      headerName: t('masters.col.rows'),
      width: 76,
      valueGetter: (p) => p.data?.kept?.rows ?? null,
      valueFormatter: (p) => numberOr(p.value as number | null),
    },
    {
      ...figure,
      colId: 'faulty',
      headerName: t('masters.col.faulty'),
      width: 70,
      cellClassRules: { err: (p) => (p.value ?? 0) > 0 },
      valueGetter: (p) => p.data?.kept?.faulty ?? null,
      valueFormatter: (p) => numberOr(p.value as number | null),
    },
    {
      colId: 'date',
      headerName: t('masters.col.date'),
      width: 92,
      cellClass: 'num',
      valueGetter: (p) => (p.data?.kept ? (p.data.kept.fileDate ?? UNKNOWN) : UNKNOWN),
    },
    {
      colId: 'age',
      headerName: t('masters.col.age'),
      width: 100,
      cellClass: 'num',
      tooltip: (p: ITooltipParams<MasterFileState>) => (p.data?.kept ? momentText(p.data.kept.importedTs) : ''),
      valueGetter: (p) => (p.data?.kept ? ageText(t, p.data.kept.importedTs, now) : UNKNOWN),
      comparator: (_a, _b, a, b) => (a.data?.kept?.importedTs ?? 0) - (b.data?.kept?.importedTs ?? 0),
    },
  ];
}
