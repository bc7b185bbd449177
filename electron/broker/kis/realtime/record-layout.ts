/** Which columns a record of a channel has, which of them are numbers, and what older servers send instead. */
import type { ChannelApi } from '../../../catalogue/index.ts';
import older from '#resources/kis/older-columns.json' with { type: 'json' };

/** A column as the decoder needs it. */
export interface LayoutColumn {
  readonly name: string;
  readonly number: boolean;
}

/** Columns of one record in wire order. */
export type RecordLayout = readonly LayoutColumn[];

/**
 * Whether a column is read as a number. The first one never is, even where the source calls it one: it is the key that
 * the record belongs to, and the leading zeros of "005930" are part of it.
 */
function isNumber(column: { readonly numeric?: boolean }, place: number): boolean {
  return column.numeric === true && place > 0;
}

/** The layout of a channel as the catalogue has it. */
export function layoutOf(channel: Pick<ChannelApi, 'columns'>): RecordLayout {
  return channel.columns.map((column, place) => ({ name: column.name, number: isNumber(column, place) }));
}

/**
 * Layouts that differ from the catalogue's by more than a missing tail, by how many fields a record has. They are told
 * apart by that number alone, so a value never lands under the name of another column.
 */
export function olderLayoutsOf(channel: Pick<ChannelApi, 'id' | 'columns'>): ReadonlyMap<number, RecordLayout> {
  const numbers = new Set(layoutOf(channel).flatMap(({ name, number }) => (number ? [name] : [])));
  return new Map(
    older.layouts
      .filter(({ api }) => api === channel.id)
      .map(({ columns }) => [columns.length, columns.map((name) => ({ name, number: numbers.has(name) }))]),
  );
}
