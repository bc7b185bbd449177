/** How the line to a broker goes wrong in a test. */
import type { BrokerEvent, CancelRequest, ReplaceRequest, SubmitOrder } from '#core/broker/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';

/**
 * How a call goes wrong. silence: it arrives, nothing is answered · lost: it never arrives · late: answered after `lateMs` ·
 * throws: it arrives, the call breaks · refuse: refused with a code.
 */
export type CallFault =
  'silence' | 'lost' | 'late' | 'throws' | { readonly refuse: ErrorCode; readonly late?: boolean };

/** What becomes of a notice. */
export type NoticeFault = 'drop' | 'twice' | 'late';

/** Asked once per call or notice; undefined: all goes well. */
export interface Mischief {
  submit?: (order: SubmitOrder) => CallFault | undefined;
  replace?: (request: ReplaceRequest) => CallFault | undefined;
  cancel?: (request: CancelRequest) => CallFault | undefined;
  notice?: (event: BrokerEvent) => NoticeFault | undefined;
  inquiry?: () => 'fails' | undefined;
}
