/** The words that AG Grid itself says, from our own tables of words. */
import type { TextKey, Translate } from '../../text/index.ts';

/** Its keys and ours. @source AG Grid 36, Localisation, locale file */
const WORDS = {
  filterOoo: 'grid.filter',
  ariaFilterInput: 'grid.filter',
  ariaFilterValue: 'grid.filterValue',
  ariaFilterFromValue: 'grid.filterFrom',
  ariaFilterToValue: 'grid.filterTo',
  ariaFilteringOperator: 'grid.operator',
  ariaFilterColumn: 'grid.openFilter',
  ariaFilterMenuOpen: 'grid.openFilter',
  ariaColumnFiltered: 'grid.filtered',
  ariaDropDown: 'grid.choose',
  ariaLabelColumnFilter: 'grid.filter',
  ariaLabelTooltip: 'grid.tooltip',
  ariaRowSelect: 'grid.selectRow',
  ariaRowDeselect: 'grid.deselectRow',
  ariaRowToggleSelection: 'grid.selectRow',
  ariaSearchFilterValues: 'grid.filterValue',
  ariaSortableColumn: 'grid.sortHint',
  equals: 'grid.equals',
  notEqual: 'grid.notEqual',
  lessThan: 'grid.less',
  lessThanOrEqual: 'grid.lessEqual',
  greaterThan: 'grid.greater',
  greaterThanOrEqual: 'grid.greaterEqual',
  inRange: 'grid.between',
  inRangeStart: 'grid.filterFrom',
  inRangeEnd: 'grid.filterTo',
  contains: 'grid.contains',
  notContains: 'grid.notContains',
  startsWith: 'grid.startsWith',
  endsWith: 'grid.endsWith',
  blank: 'grid.blank',
  notBlank: 'grid.notBlank',
  empty: 'grid.choose',
  andCondition: 'grid.and',
  orCondition: 'grid.or',
  applyFilter: 'grid.apply',
  clearFilter: 'grid.clear',
  resetFilter: 'grid.clear',
  cancelFilter: 'common.cancel',
  loadingOoo: 'grid.loading',
  noRowsToShow: 'grid.noRows',
  loadingError: 'grid.loadingError',
} as const satisfies Readonly<Record<string, TextKey>>;

/** The locale of a grid in the language in force. */
export function gridWords(t: Translate): Record<string, string> {
  return Object.fromEntries(Object.entries(WORDS).map(([key, text]) => [key, t(text)]));
}
