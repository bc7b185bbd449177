/** The layouts of KIS's symbol master files (종목정보), read from resources/kis at the first question. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One field of a record: `width` in bytes of cp949 where records are fixed, else as long as it is. */
export interface MasterField {
  readonly name: string;
  readonly label: string;
  readonly width?: number;
  readonly maxBytes?: number;
  readonly values?: Readonly<Record<string, string>>;
}

/** A file of its own layout, and where the broker keeps it below `host`. */
export interface MasterFile {
  readonly file: string;
  readonly path: string;
}

/** An overseas file: one per exchange. */
export interface MarketMasterFile extends MasterFile {
  readonly market: string;
  /** Exchange in quotes. */
  readonly excd: string;
  /** Exchange in orders; null: an index. */
  readonly orderExchange: string | null;
}

export interface MasterLayout {
  readonly id: string;
  readonly title: string;
  /** One file, or `files`. */
  readonly file?: string;
  readonly path?: string;
  readonly files?: readonly MarketMasterFile[];
  /** true: the path leads to a zip archive that holds the file. */
  readonly zip: boolean;
  readonly encoding: 'cp949';
  readonly format: 'fixed' | 'delimited';
  readonly delimiter?: string;
  /** Bytes of a record without its line feed. */
  readonly recordBytes?: number;
  readonly tailBytes?: number;
  /** Fields after which a shorter record may end as well: the sources disagree, and the rest is then not known. */
  readonly endsAfter?: readonly string[];
  /** The field that takes what a record is longer or shorter; what follows it is read from the end of the line. */
  readonly elastic?: string;
  readonly market?: string;
  /** Which field holds code, standard code, name. */
  readonly keys: Readonly<Record<string, string>>;
  readonly notes?: readonly string[];
  readonly fields: readonly MasterField[];
}

export interface MasterLayouts {
  readonly host: string;
  readonly masters: readonly MasterLayout[];
}

let loaded: MasterLayouts | undefined;

/** All layouts; the first call reads and parses them. */
export function masterLayouts(): MasterLayouts {
  loaded ??= JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'kis', 'masters.json'), 'utf8'),
  ) as MasterLayouts;
  return loaded;
}
