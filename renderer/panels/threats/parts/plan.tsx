/** The response plan of P2: drafts of orders with their price and why, the account before and after, and the ways to send them. */
import type { JSX } from 'react';
import type { PlannedReduction, ResponsePlan } from '#shared/domain/index.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { useConnection } from '../../../store/connection.ts';
import { useCore } from '../../../store/core.ts';
import { useDesk } from '../../../store/desk.ts';
import { nameOf } from '../../../store/instruments.ts';
import { number, time, UNKNOWN } from '../../../ui/format.ts';
import { figure } from './evidence.tsx';
import { type PlanInHand, usePlan } from './use-plan.ts';
import { useWords } from './words.ts';

function PlanRow(props: {
  readonly at: number;
  readonly planned: PlannedReduction;
  readonly plan: PlanInHand;
}): JSX.Element {
  const words = useWords();
  const { t } = words;
  const { looksOnly } = usePanel();
  const { at, planned, plan } = props;
  const { row, denial, heldQty } = planned;
  const order = plan.orderOf(at);
  const refusal = denial ?? plan.refusalOf(at);
  return (
    <tr data-testid={`plan-row-${at}`}>
      <td>{planned.nameKo}</td>
      <td className="num r">{number(heldQty)}</td>
      <td className="num r d">{row ? number(row.quantity) : UNKNOWN}</td>
      <td className="num r">{row?.price === null || !row ? UNKNOWN : number(row.price)}</td>
      <td className="why">
        {order ? (
          <span className={order.reason ? 'chip high' : 'chip ok'}>
            {t(`state.${order.state}`)} {order.reason?.messageKo ?? ''}
          </span>
        ) : refusal ? (
          <span className="chip high" title={`${refusal.actionKo} (${refusal.code})`}>
            {refusal.messageKo} {refusal.actionKo}
          </span>
        ) : (
          words.of(planned.whyKo, planned.whyEn)
        )}
      </td>
      {!looksOnly && (
        <td className="r">
          {row && !order && (
            <button
              type="button"
              className="btn sm"
              data-testid={`plan-ticket-${at}`}
              onClick={() => plan.toTicket(row)}
            >
              {t('threats.plan.ticket')}
              <span className="sr">{planned.nameKo}</span>
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

/** What the orders make of the account. */
function Effect({ plan }: { readonly plan: ResponsePlan }): JSX.Element {
  const { t } = useWords();
  const { before, after } = plan;
  const lines = [
    ['exposure', before.exposureKrw, after.exposureKrw],
    ['cash', before.cashKrw, after.cashKrw],
    ['loss', before.lossAt10Krw, after.lossAt10Krw],
  ] as const;
  return (
    <table className="thr-effect">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('threats.plan.before')}</th>
          <th scope="col">{t('threats.plan.after')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, was, will]) => (
          <tr key={name} data-testid={`plan-${name}`}>
            <th scope="row">{t(`threats.plan.${name}`)}</th>
            <td className="num r">{number(was)}</td>
            <td className="num r">
              <b>{number(will)}</b>
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('threats.plan.costs')}</th>
          <td />
          <td className="num r">{number(plan.commissionKrw + plan.taxKrw)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Nothing leaves before the second press, which repeats count and environment. */
function Ways({ plan }: { readonly plan: PlanInHand }): JSX.Element {
  const { t } = useWords();
  const environment = useCore((state) => state.environment);
  const accounts = useDesk((state) => state.accounts);
  const open = useConnection((state) => state.link.phase === 'open');
  const left = plan.count - plan.sent;
  const said =
    plan.busy === 'send'
      ? t('threats.plan.sending', { sent: plan.sent, count: plan.count })
      : plan.asking && plan.unknown.length > 0
        ? t('threats.plan.unknown', { names: plan.unknown.map(nameOf).join(', ') })
        : plan.asking
          ? t('threats.plan.sure')
          : plan.sent > 0
            ? t('threats.plan.sent', { sent: plan.sent, left })
            : t('threats.plan.yours');
  return (
    <div className="acts">
      <span className="l" role="status" data-testid="plan-words">
        {said}
      </span>
      <span className="sp" />
      {plan.busy === 'send' ? (
        <button type="button" className="btn" data-testid="plan-stop" onClick={plan.stop}>
          {t('basket.stop')}
        </button>
      ) : (
        plan.asking && (
          <button type="button" className="btn ghost" data-testid="plan-leave" onClick={plan.leave}>
            {t('common.cancel')}
          </button>
        )
      )}
      {plan.accounts.map((accountId) => {
        const account = accounts.get(accountId)?.name ?? accountId;
        return (
          <button
            key={accountId}
            type="button"
            className="btn"
            disabled={!open || plan.sent > 0 || plan.busy !== null}
            data-testid="plan-basket"
            onClick={() => plan.toBasket(accountId, t('threats.plan.basketName', { account }))}
          >
            {plan.accounts.length > 1 ? t('threats.plan.basketOf', { account }) : t('threats.plan.basket')}
          </button>
        );
      })}
      <button
        type="button"
        className="btn env"
        disabled={!open || plan.busy !== null || left === 0}
        data-testid="plan-send"
        onClick={plan.press}
      >
        {plan.asking
          ? t('threats.plan.sendSure', { count: left, env: t(`env.${environment}`) })
          : t('threats.plan.send', { count: left })}
      </button>
    </div>
  );
}

export function Plan(props: { readonly playId: string; readonly plan: ResponsePlan }): JSX.Element {
  const { t } = useWords();
  const { looksOnly } = usePanel();
  const inHand = usePlan(props.playId, props.plan);
  const { rows, ts, sharePct } = props.plan;
  if (rows.length === 0) return <p className="l">{t('threats.plan.none')}</p>;
  return (
    <div className="thr-plan" data-testid="plan">
      <p className="l">{t('threats.plan.priced', { time: time(ts), share: figure(sharePct) })}</p>
      <table>
        <thead>
          <tr>
            {(['issue', 'held', 'sell', 'price', 'why'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`threats.plan.col.${name}`)}
              </th>
            ))}
            {!looksOnly && <td />}
          </tr>
        </thead>
        <tbody>
          {rows.map((planned, at) => (
            <PlanRow key={`${planned.accountId} ${planned.instrumentId}`} at={at} planned={planned} plan={inHand} />
          ))}
        </tbody>
      </table>
      <Effect plan={props.plan} />
      {!looksOnly && inHand.count > 0 && <Ways plan={inHand} />}
    </div>
  );
}
