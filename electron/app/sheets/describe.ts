/** A sheet as screens see it: what to ask before it is read, its columns with their words, and whether it can be read. */
import type { SheetBlock, SheetColumn, SheetInfo, SheetInput, SheetSource } from '#shared/contract/index.ts';
import type { Reason } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import {
  columnsOf,
  startOf,
  type Block,
  type Coded,
  type Column,
  type Input,
  type Sheet,
} from '#shared/sheets/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { kisCatalogue, type RestApi } from '#core/catalogue/index.ts';

const worded = ([value, ko, en]: Coded): SheetColumn['words'][number] => ({ value, ko, en });

function inputOf(input: Input, today: SessionDate): SheetInput {
  if (input.kind === 'issue') return { kind: 'issue', id: input.id, market: input.market };
  const [ko, en] = input.name;
  switch (input.kind) {
    case 'choice':
      return { kind: 'choice', id: input.id, ko, en, choices: input.choices.map(worded) };
    case 'day':
      return { kind: 'day', id: input.id, ko, en, start: startOf(input, today) };
    case 'code':
      return { kind: 'code', id: input.id, ko, en, start: input.start };
    case 'text':
      return { kind: 'text', id: input.id, ko, en, start: input.start, max: input.max };
  }
}

/** The catalogue has the words of codes in Korean alone. */
function catalogued(api: RestApi, block: Block, field: string): SheetColumn['words'] {
  const values = api.response[block.block]?.fields.find(({ name }) => name === field)?.values ?? {};
  return Object.entries(values).map(([value, ko]) => ({ value, ko, en: ko }));
}

function columnOf(api: RestApi, block: Block, [field, kind, ko, en, more]: Column): SheetColumn {
  const words = kind !== 'choice' ? [] : (more?.words?.map(worded) ?? catalogued(api, block, field));
  return { id: field, ko, en, kind, signed: more?.signed === true, words };
}

function blockOf(api: RestApi, block: Block): SheetBlock {
  const [ko, en] = block.title ?? ['', ''];
  const { chart } = block;
  return {
    name: block.block,
    ko,
    en,
    shape: block.shape,
    columns: columnsOf(block).map((column) => columnOf(api, block, column)),
    chart: chart ? { kind: chart.kind, x: chart.x, ys: [...chart.ys] } : null,
  };
}

/** Why a sheet cannot be read there; null: it can. */
export function lackOf(api: RestApi, source: SheetSource): Reason | null {
  if (source.env !== 'paper' || api.paper) return null;
  const { code, messageKo, actionKo } = toEnvelope(new AppError('KIS_NOT_IN_PAPER', { name: api.name }));
  return { code, messageKo, actionKo };
}

export function describeSheet(sheet: Sheet, source: SheetSource, today: SessionDate): SheetInfo {
  const api = kisCatalogue().rest(sheet.api);
  const [ko, en] = sheet.title;
  return {
    id: sheet.id,
    group: sheet.group,
    ko,
    en,
    api: { id: api.id, name: api.name },
    inputs: sheet.inputs.map((input) => inputOf(input, today)),
    blocks: sheet.blocks.map((block) => blockOf(api, block)),
    view: sheet.view ?? 'table',
    calls: 1,
    opens: sheet.opens ? { sheet: sheet.opens.sheet, from: { ...sheet.opens.from } } : null,
    unavailable: lackOf(api, source),
  };
}
