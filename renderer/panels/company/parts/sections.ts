/** The sections of a company page, each with its sheets, and which of them may be read when a page is opened. */

export const SECTION_IDS = [
  'overview',
  'statements',
  'ratios',
  'estimates',
  'opinions',
  'dividends',
  'calendar',
  'flows',
  'credit',
  'shortSale',
  'members',
  'program',
  'news',
  'abroad',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export interface Section {
  readonly id: SectionId;
  /** Of these one is shown at a time, the first at first. */
  readonly sheets: readonly string[];
}

export const KOREAN: readonly Section[] = [
  { id: 'overview', sheets: ['price-facts', 'stock-master', 'price-levels'] },
  { id: 'statements', sheets: ['income-statement', 'balance-sheet'] },
  { id: 'ratios', sheets: ['financial-ratios', 'profit-ratios', 'stability-ratios', 'growth-ratios', 'other-ratios'] },
  { id: 'estimates', sheets: ['estimates'] },
  { id: 'opinions', sheets: ['opinions', 'opinions-by-broker'] },
  { id: 'dividends', sheets: ['dividends-of-issue'] },
  {
    id: 'calendar',
    sheets: [
      'meetings-of-issue',
      'rights-issues-of-issue',
      'bonus-issues-of-issue',
      'capital-cuts-of-issue',
      'mergers-of-issue',
      'par-changes-of-issue',
      'listings-of-issue',
    ],
  },
  { id: 'flows', sheets: ['investors', 'investors-in-detail', 'investor-estimate'] },
  { id: 'credit', sheets: ['credit-balance', 'stock-loans'] },
  { id: 'shortSale', sheets: ['short-sales'] },
  { id: 'members', sheets: ['members', 'foreign-brokers'] },
  { id: 'program', sheets: ['program-daily', 'program-trades'] },
  { id: 'news', sheets: ['issue-news'] },
];
export const FOREIGN: readonly Section[] = [
  { id: 'overview', sheets: ['overseas-now'] },
  { id: 'abroad', sheets: ['overseas-daily'] },
];

/** Open when a page is seen for the first time. */
export const OPEN_FIRST: readonly SectionId[] = ['overview', 'statements', 'ratios', 'flows', 'abroad'];

/** Calls that opening a page may cost. */
export const OPENING_CALLS = 12;

/**
 * The sections that are read by themselves when a page is opened: those that are open, from the top, as long as their calls
 * stay within the limit. Others wait until they are asked for.
 */
export function readAtOnce(
  sections: readonly Section[],
  isOpen: (id: SectionId) => boolean,
  costOf: (section: Section) => number,
): ReadonlySet<SectionId> {
  const read = new Set<SectionId>();
  let calls = 0;
  for (const section of sections) {
    if (!isOpen(section.id)) continue;
    calls += costOf(section);
    if (calls > OPENING_CALLS) break;
    read.add(section.id);
  }
  return read;
}
