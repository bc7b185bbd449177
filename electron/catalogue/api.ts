/** One API of KIS as data: what it is called, what it takes, what it answers. */

/** Where a TR id depends on values: keys in lower case are selectors that are not sent, in upper case request fields. */
export interface TrIdRule {
  readonly when: Readonly<Record<string, string | readonly string[]>>;
  readonly real: string | null;
  readonly paper: string | null;
}

/** The only place that names a field where not both do: the portal's table, the portal's example, or the code of the samples. */
export type FieldSource = 'portal' | 'portal-example' | 'repo';

export interface RequestField {
  readonly name: string;
  readonly label: string;
  /** true: the key must be sent; together with `blank` it may be sent empty. */
  readonly required: boolean;
  readonly blank?: boolean;
  readonly default?: string;
  readonly example?: string;
  readonly maxLen?: number;
  /** Code values with their Korean names. */
  readonly values?: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly source?: FieldSource;
}

export interface ResponseField {
  readonly name: string;
  readonly label: string;
  readonly numeric?: boolean;
  readonly values?: Readonly<Record<string, string>>;
  readonly source?: FieldSource;
}

export interface ResponseBlock {
  readonly kind: 'object' | 'array';
  /** true: no source says whether it is rows or one record. */
  readonly guessed?: boolean;
  readonly fields: readonly ResponseField[];
}

/**
 * How the next page is asked for; null: there is one page. tr_cont: header N, with `keys` copied from `responseKeys` (none:
 * the header alone) · key: fields as `how` says · time: a date or time moved before the oldest row.
 */
export interface Paging {
  readonly kind: 'tr_cont' | 'key' | 'time';
  /** Request fields that carry the place, upper case. */
  readonly keys: readonly string[];
  /** Where the answer tells the place: a field at the top level, or "block.field". */
  readonly responseKeys: readonly string[];
  readonly how?: string;
}

/** What the positions of a notice mean, by what happened: the columns are named for a fill. */
export interface NoticeLabels {
  readonly when: string;
  readonly labels: readonly string[];
}

interface ApiBase {
  readonly id: string;
  readonly product: string;
  readonly group: string;
  readonly name: string;
  /** The name in the samples of the broker, where it differs. */
  readonly repoName?: string;
  /** Number of its page on the portal. */
  readonly portalId?: string;
  /** Screen of the broker's HTS that shows the same. */
  readonly hts?: string;
  readonly path: string;
  readonly trId: { readonly real: string | null; readonly paper: string | null };
  readonly trIdBy?: readonly TrIdRule[];
  readonly oldTrIds?: readonly string[];
  /** true: the paper environment answers it. */
  readonly paper: boolean;
  /** What the portal says of paper, where it contradicts the list. */
  readonly portalPaper?: boolean;
  readonly inOfficialList: boolean;
  readonly notes?: readonly string[];
}

export interface RestApi extends ApiBase {
  readonly kind: 'rest';
  readonly method: 'GET' | 'POST';
  readonly request: readonly RequestField[];
  readonly paging: Paging | null;
  readonly response: Readonly<Record<string, ResponseBlock>>;
  readonly pageSize?: {
    readonly real?: number;
    readonly paper?: number;
    readonly rows?: number;
    readonly noNext?: boolean;
  };
  /** false: the portal denies paging by the header tr_cont, whatever the samples do. */
  readonly trCont?: boolean;
  /** How often it may be asked, where a source says so. */
  readonly rateNote?: string;
}

/** A real-time channel: `columns` in wire order; newer servers may append more. */
export interface ChannelApi extends ApiBase {
  readonly kind: 'ws';
  /** What the key names: "종목코드 6자리". */
  readonly key: string;
  readonly keyExample?: string;
  readonly encrypted: boolean;
  readonly columns: readonly ResponseField[];
  readonly variants?: readonly NoticeLabels[];
}

export type KisApi = RestApi | ChannelApi;
