/** What the stock masters say of each Korean issue, for guard, exchange rules and screens. */
import type { MasterStore } from '#core/storage/index.ts';
import type { DesignationName, KrxInstrument, Market, MasterFacts } from '#shared/domain/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { isoDay } from './details.ts';
import { flagOf, wholeOf } from './field-kinds.ts';

/** Facts of one issue; null: the file does not say. */
export interface MasterIssue extends Pick<KrxInstrument, 'code' | 'nameKo' | 'market'> {
  readonly product: 'stock' | 'etp';
  /** Won. */
  readonly basePrice: number | null;
  readonly lotSize: number | null;
  /** Whole thousands of shares, cut down. */
  readonly listedThousands: number | null;
  readonly suspended: boolean | null;
  readonly kospi200: boolean | null;
  readonly facts: MasterFacts;
}

const FILES: readonly (readonly [string, Market])[] = [
  ['kospi_code.mst', 'KOSPI'],
  ['kosdaq_code.mst', 'KOSDAQ'],
  ['konex_code.mst', 'KONEX'],
];
const SECTORS = 'idxcode.mst';
const THEMES = 'theme_code.mst';
const SHORT_CODE = /^[0-9A-Z]{6}$/;
const MOST_THEMES = 20;

/** @source resources/kis/masters.json mrkt_alrm_cls_code */
const ALARMS: Readonly<Record<string, DesignationName>> = { '01': 'caution', '02': 'alert', '03': 'risk' };
/** 2 designated, 3 prolonged; 1 is only announced. @source resources/kis/masters.json short_over_cls_code */
const OVERHEATED = /^[23]$/;

type FieldOf = (name: string) => string | undefined;

function designationsOf(field: FieldOf): DesignationName[] {
  const alarm = ALARMS[field('mrkt_alrm_cls_code') ?? ''];
  return [
    ...(alarm ? [alarm] : []),
    ...(flagOf(field('mang_issu_yn')) === true ? (['managed'] as const) : []),
    ...(OVERHEATED.test(field('short_over_cls_code') ?? '') ? (['overheated'] as const) : []),
    ...(flagOf(field('sltr_yn')) === true ? (['liquidation'] as const) : []),
  ];
}

/** A positive whole number; null for anything else, which is then not known. */
function positive(value: string | undefined): number | null {
  const number = wholeOf(value);
  return number !== null && number > 0 ? number : null;
}

/** Names by code. */
function namesOf(store: MasterStore, file: string): ReadonlyMap<string, string> {
  return new Map(store.rowsOf(file).map(({ code, nameKo }) => [code, nameKo]));
}

function themesByIssue(store: MasterStore): ReadonlyMap<string, readonly string[]> {
  const themes = new Map<string, string[]>();
  for (const { variant: code, nameKo } of store.rowsOf(THEMES)) {
    const list = themes.get(code);
    if (list) list.push(nameKo);
    else themes.set(code, [nameKo]);
  }
  return themes;
}

/** KOSPI 200 membership: 0 says no, another code names the sector of the index, a blank says nothing. */
function kospi200Of(market: Market, code: string | undefined): boolean | null {
  if (market !== 'KOSPI' || code === undefined || code === '') return null;
  return code !== '0';
}

/** Every share and ETF with a six-letter code. */
export function masterIssues(store: MasterStore): readonly MasterIssue[] {
  const sectors = namesOf(store, SECTORS);
  const themes = themesByIssue(store);
  return FILES.flatMap(([file, market]) => {
    const kept = store.file(file);
    if (!kept) return [];
    const asOf = isoDay(kept.fileDate) ?? kstDate(epochMs(kept.importedTs));
    const places = new Map(kept.columns.map((name, place) => [name, place]));
    return store.rowsOf(file).flatMap((row): MasterIssue[] => {
      const product = row.product === 'stock' ? 'stock' : row.product === 'etf' ? 'etp' : null;
      if (product === null || !SHORT_CODE.test(row.code)) return [];
      const field: FieldOf = (name) => row.fields[places.get(name) ?? -1];
      const sector = sectors.get(field('bstp_medm_div_code') ?? '') ?? sectors.get(field('bstp_larg_div_code') ?? '');
      const margin = wholeOf(field('marg_rate'));
      return [
        {
          code: row.code,
          nameKo: row.nameKo,
          market,
          product,
          basePrice: positive(field('stck_sdpr')),
          lotSize: positive(field('frml_mrkt_deal_qty_unit')),
          listedThousands: positive(field('lstn_stcn')),
          suspended: flagOf(field('trht_yn')),
          kospi200: kospi200Of(market, field('kospi200_apnt_cls_code')),
          facts: {
            asOf,
            designations: designationsOf(field),
            marginPercent: margin !== null && margin > 0 && margin <= 100 ? margin : null,
            credit: flagOf(field('crdt_able')),
            sector: sector ?? null,
            themes: [...(themes.get(row.code) ?? [])].slice(0, MOST_THEMES),
          },
        },
      ];
    });
  });
}
