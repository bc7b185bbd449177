/** The symbol master files as a user meets them: one entry a file, 28 files of 18 layouts, found by name. */
import { basename } from 'node:path';
import { masterLayouts, type MarketMasterFile, type MasterLayout } from '#core/catalogue/index.ts';

export interface MasterFileSpec {
  /** The name of the unpacked file, "kospi_code.mst": also its id. */
  readonly id: string;
  readonly title: string;
  readonly layout: MasterLayout;
  /** An overseas file: its exchange. */
  readonly exchange: MarketMasterFile | null;
  /** Below the host that serves it. */
  readonly path: string;
}

function specsOf(layout: MasterLayout): MasterFileSpec[] {
  const { file, path, files, title } = layout;
  if (file !== undefined && path !== undefined) return [{ id: file, title, layout, exchange: null, path }];
  return (files ?? []).map((each) => ({
    id: each.file,
    title: `해외 ${each.market}`,
    layout,
    exchange: each,
    path: each.path,
  }));
}

let specs: readonly MasterFileSpec[] | undefined;

/** Every file, in the order of the layouts. */
export function masterSpecs(): readonly MasterFileSpec[] {
  specs ??= masterLayouts().masters.flatMap(specsOf);
  return specs;
}

/** The file that a name stands for, packed or not, in whatever case; undefined: none of ours. */
export function specOfName(name: string): MasterFileSpec | undefined {
  const plain = basename(name.replaceAll('\\', '/'))
    .toLowerCase()
    .replace(/\.zip$/, '');
  return masterSpecs().find(({ id }) => id === plain);
}

/** The file of an id; undefined: none. */
export function specOf(id: string): MasterFileSpec | undefined {
  return masterSpecs().find((spec) => spec.id === id);
}
