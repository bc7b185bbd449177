/** What goes wrong on purpose: by command, by script, or by a test. Everything is off until it is asked for. */

/** Which calls a fault is for; all where nothing is named. */
export interface CallFilter {
  /** TR ids, or paths of /oauth2. */
  readonly tr?: readonly string[];
  /** Orders only, or everything but orders. */
  readonly only?: 'orders' | 'others';
}

/** How a call goes wrong. */
export type CallFault =
  /** The answer comes later, wall milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The line breaks before the request was read, or after it was carried out. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** No answer ever comes; what was asked happened or did not. */
  | { readonly kind: 'silence'; readonly taken: boolean }
  /** A gateway code, with its HTTP status. */
  | { readonly kind: 'gateway'; readonly code: string }
  /** A page of HTML, as a maintenance shows it; the call is not carried out unless `taken`. */
  | { readonly kind: 'html'; readonly status: number; readonly taken?: boolean }
  /** JSON that ends in its middle; the call was carried out. */
  | { readonly kind: 'truncated' }
  /** A 5xx without a body that means anything; not carried out. */
  | { readonly kind: 'status'; readonly status: number };

/** How sockets go wrong. */
export type SocketFault =
  /** All lines break without a close frame, `midFrame` after half a frame. */
  | { readonly kind: 'drop'; readonly midFrame?: boolean }
  /** All lines are closed with a code. */
  | { readonly kind: 'close'; readonly code: number }
  /** Nothing is sent any more for wall milliseconds, as on a half-open line. */
  | { readonly kind: 'mute'; readonly ms: number }
  /** The next notices are sent twice, or not at all. */
  | { readonly kind: 'duplicateNotices' | 'missNotices'; readonly count: number }
  /** Columns are appended to every record, or taken from its end; 0: as it should be. */
  | { readonly kind: 'columns'; readonly more: number }
  /** A text that is no frame. */
  | { readonly kind: 'garbage'; readonly text: string };

/** What a fault of the server itself is. */
export type ServerFault =
  | { readonly kind: 'expireTokens' }
  | { readonly kind: 'expireApprovals' }
  /** The server's clock shows another time, milliseconds added. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** Every call is EGW00201 for wall milliseconds. */
  | { readonly kind: 'rateStorm'; readonly ms: number }
  /** Everything is under maintenance for wall milliseconds. */
  | { readonly kind: 'maintenance'; readonly ms: number; readonly as: 'html' | 'code' }
  /** The next new orders get a number and are refused by a notice. */
  | { readonly kind: 'refuseLate'; readonly count: number; readonly text?: string }
  /** A line that breaks still counts as in use for wall milliseconds. */
  | { readonly kind: 'holdSession'; readonly ms: number };

interface Planned {
  readonly fault: CallFault;
  readonly filter: CallFilter;
  left: number;
}

/** What a call is, as far as faults ask. */
export interface CallFacts {
  readonly tr: string;
  readonly isOrder: boolean;
}

/** What the faults move. */
export interface FaultTargets {
  readonly wallMs: () => number;
  readonly expireTokens: () => void;
  readonly expireApprovals: () => void;
  readonly sockets: (fault: SocketFault) => void;
  /** Makes the server's clock wrong by so many milliseconds. */
  readonly clock: (offsetMs: number) => void;
}

const REFUSED_TEXT = '거래소 거부: 호가접수 불가';

export class Faults {
  readonly #targets: FaultTargets;
  #calls: Planned[] = [];
  #late: string[] = [];
  #stormUntilMs = 0;
  #maintenance: { readonly untilMs: number; readonly as: 'html' | 'code' } | null = null;
  /** Wall milliseconds for which a broken line counts as in use; null: as the settings say. */
  holdSessionMs: number | null = null;

  constructor(targets: FaultTargets) {
    this.#targets = targets;
  }

  /** The next `count` calls that the filter fits go wrong. */
  call(fault: CallFault, filter: CallFilter = {}, count = 1): void {
    this.#calls.push({ fault, filter, left: count });
  }

  /** Calls are no longer wrong in this way. */
  endCalls(kind: CallFault['kind']): void {
    this.#calls = this.#calls.filter(({ fault }) => fault.kind !== kind);
  }

  socket(fault: SocketFault): void {
    this.#targets.sockets(fault);
  }

  server(fault: ServerFault): void {
    switch (fault.kind) {
      case 'expireTokens':
        return this.#targets.expireTokens();
      case 'expireApprovals':
        return this.#targets.expireApprovals();
      case 'clock':
        return this.#targets.clock(fault.offsetMs);
      case 'rateStorm':
        this.#stormUntilMs = this.#targets.wallMs() + fault.ms;
        return;
      case 'maintenance':
        this.#maintenance = { untilMs: this.#targets.wallMs() + fault.ms, as: fault.as };
        return;
      case 'refuseLate':
        for (let i = 0; i < fault.count; i += 1) this.#late.push(fault.text ?? REFUSED_TEXT);
        return;
      case 'holdSession':
        this.holdSessionMs = fault.ms;
        return;
    }
  }

  /** Everything works again. */
  clear(): void {
    this.#calls = [];
    this.#late = [];
    this.#stormUntilMs = 0;
    this.#maintenance = null;
    this.#targets.clock(0);
    this.holdSessionMs = null;
    this.#targets.sockets({ kind: 'columns', more: 0 });
    this.#targets.sockets({ kind: 'mute', ms: 0 });
  }

  /** What goes wrong with this call; null: nothing. */
  take({ tr, isOrder }: CallFacts): CallFault | null {
    const wallMs = this.#targets.wallMs();
    if (this.#maintenance && wallMs < this.#maintenance.untilMs) {
      return this.#maintenance.as === 'html' ? { kind: 'html', status: 503 } : { kind: 'gateway', code: 'EGW00002' };
    }
    if (wallMs < this.#stormUntilMs) return { kind: 'gateway', code: 'EGW00201' };
    const found = this.#calls.find(({ filter }) => {
      if (filter.tr && !filter.tr.includes(tr)) return false;
      return filter.only === undefined || (filter.only === 'orders') === isOrder;
    });
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) this.#calls = this.#calls.filter((each) => each !== found);
    return found.fault;
  }

  /** The text with which the next new order is refused after its number; null: it is not. */
  takeLateRefusal(): string | null {
    return this.#late.shift() ?? null;
  }
}
