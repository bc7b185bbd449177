/** The answer next to the question: may this be ordered, why not, and what became of it. */
import type { JSX } from 'react';
import type { OrderPreview } from '#shared/contract/index.ts';
import { useDesk } from '../../../store/desk.ts';
import { useText } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import type { AskedState, ConditionPreview, PreviewState } from './use-preview.ts';
import type { SubmitResult } from '../../../client/submit.ts';

interface Refusal {
  readonly code: string;
  readonly messageKo: string;
  readonly actionKo: string;
}

function Refused({
  title,
  reason,
  testId,
}: {
  readonly title: string;
  readonly reason: Refusal;
  readonly testId: string;
}): JSX.Element {
  return (
    <div className="guard no" role="alert" data-testid={testId}>
      <div className="h">
        <Icon name="warn" />
        {title}
        <span className="mono" data-testid="guard-code">
          {reason.code}
        </span>
      </div>
      <p>
        {reason.messageKo} {reason.actionKo}
      </p>
    </div>
  );
}

function Allowed({ preview }: { readonly preview: OrderPreview }): JSX.Element {
  const t = useText();
  return (
    <div className="guard" role="status" data-testid="guard-ok">
      <div className="h">
        <Icon name="check" />
        {t('guard.ok')}
        <span className="mut">{t('guard.rules', { count: preview.rules })}</span>
      </div>
      {preview.warnings.length > 0 && (
        <ul>
          {preview.warnings.map((warning) => (
            <li key={warning} className="w">
              <Icon name="warn" />
              {warning}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Sent({ result }: { readonly result: SubmitResult }): JSX.Element | null {
  const t = useText();
  const { ack, error, kept } = result;
  const settled = useDesk((desk) => (ack ? (desk.orders.get(ack.orderId)?.state ?? null) : null));
  const brokerOrderNo = useDesk((desk) => (ack ? (desk.orders.get(ack.orderId)?.brokerOrderNo ?? null) : null));
  if (error)
    return (
      <Refused
        title={t(error.family === 'unknown' || error.family === 'unavailable' ? 'guard.unknown' : 'guard.no')}
        reason={error}
        testId="order-denial"
      />
    );
  if (!ack)
    return kept === 0 ? null : (
      <div className="guard sent" role="status" data-testid="condition-kept">
        <div className="h">
          <Icon name="check" />
          {t('cond.kept', { count: number(kept) })}
        </div>
        <p>{t('mandate.lives')}</p>
      </div>
    );
  // What was not known when the order was sent is told by the desk as soon as it is.
  const state = settled !== null && ack.state === 'unconfirmed' ? settled : ack.state;
  if (ack.reason && state === ack.state && state !== 'unconfirmed')
    return (
      <Refused
        title={t(ack.state === 'denied' ? 'guard.no' : 'guard.rejected')}
        reason={ack.reason}
        testId="order-denial"
      />
    );
  const no = brokerOrderNo ?? ack.brokerOrderNo;
  return (
    <div
      className={`guard sent ${state === 'unconfirmed' ? 'open' : ''}`}
      role={state === 'unconfirmed' ? 'alert' : 'status'}
      data-testid="order-sent"
      data-state={state}
    >
      <div className="h">
        <Icon name={state === 'unconfirmed' ? 'warn' : 'check'} />
        {t(`state.${state}`)}
        {no !== null && <span className="mut num">{t('guard.number', { no })}</span>}
      </div>
      <p>
        {t(state === 'unconfirmed' ? 'guard.unconfirmed' : 'guard.follow')}
        {kept > 0 && ` ${t('cond.kept', { count: number(kept) })}`}
      </p>
    </div>
  );
}

export function GuardBox(props: {
  /** What is missing in the fields, in words; null where the draft is complete. */
  readonly missing: string | null;
  /** What the guard says of the order that is sent now; null: none is. */
  readonly preview: PreviewState | null;
  /** What is said of the condition; null: there is none. */
  readonly condition: AskedState<ConditionPreview> | null;
  readonly result: SubmitResult | null;
}): JSX.Element {
  const t = useText();
  const { missing, preview, condition, result } = props;
  if (result) return <Sent result={result} />;
  if (missing !== null) {
    return (
      <div className="guard wait" role="status" data-testid="guard-missing">
        <div className="h">
          <Icon name="info" />
          {missing}
        </div>
      </div>
    );
  }
  const failed = preview?.error ?? condition?.error;
  if (failed) return <Refused title={t('guard.noAnswer')} reason={failed} testId="guard-denial" />;
  const denial = preview?.preview?.denial ?? condition?.preview?.denial;
  if (denial) return <Refused title={t('guard.no')} reason={denial} testId="guard-denial" />;
  if ((preview && !preview.preview) || (condition && !condition.preview)) {
    return (
      <div className="guard wait" role="status" data-testid="guard-asking">
        <div className="h">{t('guard.asking')}</div>
      </div>
    );
  }
  if (preview?.preview) return <Allowed preview={preview.preview} />;
  return (
    <div className="guard" role="status" data-testid="guard-ok">
      <div className="h">
        <Icon name="check" />
        {t('cond.ok')}
      </div>
    </div>
  );
}
