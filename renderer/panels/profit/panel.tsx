/** 기간 손익 and 통화별 증거금 of the account in force: asked for by the user alone, with what it costs in calls. */
import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { Account } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { addDays, isSessionDate } from '#shared/time/index.ts';
import { useClient } from '../../client/context.tsx';
import { useAccount } from '../../client/hooks.ts';
import type { CoreClient } from '../../client/supervisor.ts';
import { wordsOf } from '../../client/words-of.ts';
import { useDesk } from '../../store/desk.ts';
import { useText } from '../../text/index.ts';
import { Segment, TextField } from '../../ui/controls.tsx';
import { Empty, Failed, Skeleton, Veiled } from '../../ui/states.tsx';
import { FundsView } from './parts/funds.tsx';
import { ProfitView } from './parts/profit-view.tsx';
import {
  askFunds,
  askProfit,
  change,
  PROFIT_TABS,
  statementsOf,
  stopProfit,
  useProfit,
  type Statements,
} from './slice.ts';

/** Days before today with which the period begins that nobody named. */
const USUAL_DAYS = 30;

type Plan = Awaited<ReturnType<CoreClient['trading']['statementPlan']>>;

/** What the account answers; asks nothing of the broker. */
function usePlan(accountId: string): { readonly plan: Plan | null; readonly error: ErrorEnvelope | null } {
  const { client, era } = useClient();
  const [state, setState] = useState<{ plan: Plan | null; error: ErrorEnvelope | null }>({ plan: null, error: null });
  useEffect(() => {
    if (!client) return;
    let gone = false;
    client.trading
      .statementPlan({ accountId })
      .then((plan) => {
        if (!gone) setState({ plan, error: null });
      })
      .catch((error: unknown) => {
        if (!gone) setState({ plan: null, error: wordsOf(error) });
      });
    return () => {
      gone = true;
    };
  }, [client, era, accountId]);
  return state;
}

function Running({
  accountId,
  running,
}: { readonly accountId: string } & Pick<Statements, 'running'>): JSX.Element | null {
  const t = useText();
  if (!running) return null;
  const label = t('profit.running', { calls: running.calls, rows: running.rows });
  return (
    <div className="mrun">
      <span role="status" data-testid="profit-running">
        {label}
      </span>
      <div className="pbar indet" role="progressbar" aria-label={label}>
        <i />
      </div>
      <button type="button" className="btn" onClick={() => stopProfit(accountId)} data-testid="profit-cancel">
        {t('common.cancel')}
      </button>
    </div>
  );
}

function Body({ account, plan }: { readonly account: Account; readonly plan: Plan }): JSX.Element {
  const t = useText();
  const { client } = useClient();
  const { accountId, sessionDate } = account;
  const chosen = useProfit((slice) => slice.tab);
  const own = useProfit((slice) => statementsOf(slice, accountId));
  const { running, profit, profitError, funds, fundsError, asking } = own;
  const hasSettlement = account.product === 'derivative';
  const tab = chosen === 'settlement' && !hasSettlement ? 'days' : chosen;
  const { unavailable, calls } = tab === 'funds' ? plan.funds : plan.profit;
  const to = own.to || sessionDate;
  const from = own.from || (isSessionDate(sessionDate) ? addDays(sessionDate, -USUAL_DAYS) : '');
  const [fromBad, toBad] = [!isSessionDate(from), !isSessionDate(to)];
  const bad = fromBad || toBad || from > to;
  const ask = (): void => {
    if (unavailable || bad) return;
    if (tab === 'funds') void askFunds(client, accountId);
    else askProfit(client, { accountId, from, to });
  };
  const tabs = PROFIT_TABS.filter((each) => each !== 'settlement' || hasSettlement);
  const error = tab === 'funds' ? fundsError : profitError;
  const cost = calls === 0 ? t('profit.costsNothing') : t('profit.costs', { calls });
  return (
    <>
      <div className="tbar wrap">
        <Segment
          label={t('panel.profit')}
          choices={tabs.map((value) => ({ value, label: t(`profit.tab.${value}`) }))}
          value={tab}
          onChange={(value) => useProfit.setState({ tab: value })}
          testId="profit-tab"
        />
        <b className="l">{account.name}</b>
        <span className="sp" />
        {tab !== 'funds' && (
          <>
            <label className="sheet-input">
              <span className="l">{t('profit.from')}</span>
              <TextField
                label={t('profit.from')}
                text={from}
                invalid={fromBad || from > to}
                onText={(next) => change(accountId, { from: next })}
                onEnter={ask}
                maxLength={10}
                testId="profit-from"
              />
            </label>
            <label className="sheet-input">
              <span className="l">{t('profit.to')}</span>
              <TextField
                label={t('profit.to')}
                text={to}
                invalid={toBad}
                onText={(next) => change(accountId, { to: next })}
                onEnter={ask}
                maxLength={10}
                testId="profit-to"
              />
            </label>
          </>
        )}
        <button
          type="button"
          className="btn pri"
          disabled={unavailable !== null || running !== null || asking || (tab !== 'funds' && bad)}
          title={unavailable ? unavailable.messageKo : cost}
          onClick={ask}
          data-testid="profit-ask"
        >
          {t('profit.ask')}
        </button>
      </div>
      {tab !== 'funds' && bad && (
        <p className="note err" role="alert" data-testid="profit-bad">
          {t('profit.badDays')}
        </p>
      )}
      <Running accountId={accountId} running={running} />
      <Veiled from="core" live={false}>
        {unavailable ? (
          <Empty icon="lock" title={unavailable.messageKo} body={unavailable.actionKo} testId="profit-unavailable" />
        ) : error ? (
          <Failed error={error} onRetry={ask} testId="profit-failed" />
        ) : tab === 'funds' ? (
          funds ? (
            <FundsView funds={funds} />
          ) : asking ? (
            <Skeleton />
          ) : (
            <Empty icon="list" title={t('funds.notAsked')} body={cost} testId="funds-not-asked" />
          )
        ) : profit ? (
          <ProfitView profit={profit} tab={tab} />
        ) : running ? (
          <Skeleton />
        ) : (
          <Empty icon="list" title={t('profit.notAsked')} body={cost} testId="profit-not-asked" />
        )}
      </Veiled>
    </>
  );
}

function AccountStatements({ account }: { readonly account: Account }): JSX.Element {
  const { plan, error } = usePlan(account.accountId);
  if (error) return <Failed error={error} testId="profit-plan-failed" />;
  return plan ? <Body account={account} plan={plan} /> : <Skeleton />;
}

export function ProfitPanel(): JSX.Element {
  const t = useText();
  const ready = useDesk((state) => state.ready);
  const account = useAccount();
  if (!ready) return <Skeleton />;
  if (!account)
    return <Empty icon="user" title={t('account.none')} body={t('profit.noAccount')} testId="profit-no-account" />;
  return <AccountStatements key={account.accountId} account={account} />;
}
