/** Portfolio risk: losses to expect, what the holdings hang on, and what every scenario would do to them. */
import type { JSX } from 'react';
import type { Account } from '#shared/domain/index.ts';
import { useAccount, usePositions } from '../../client/hooks.ts';
import { useDesk } from '../../store/desk.ts';
import { useText } from '../../text/index.ts';
import { Empty, Failed, Skeleton } from '../../ui/states.tsx';
import { Exposure, Holdings, Pairs } from './parts/exposure.tsx';
import { Losses } from './parts/losses.tsx';
import { Scenarios } from './parts/scenarios.tsx';
import { useReport } from './parts/use-report.ts';

export function RiskPanel(): JSX.Element {
  const t = useText();
  const ready = useDesk((state) => state.ready);
  const account = useAccount();
  if (!ready) return <Skeleton />;
  if (!account)
    return <Empty icon="user" title={t('account.none')} body={t('risk.noAccount')} testId="risk-no-account" />;
  return <AccountRisk key={account.accountId} account={account} />;
}

function AccountRisk({ account }: { readonly account: Account }): JSX.Element {
  const t = useText();
  const { accountId, name } = account;
  const positions = usePositions(accountId);
  const held = positions.map(({ instrumentId, quantity }) => `${instrumentId} ${quantity}`).join();
  const { report, error, asking, again } = useReport(accountId, held);
  if (!report) return error ? <Failed error={error} onRetry={again} testId="risk-failed" /> : <Skeleton />;
  return (
    <div className="rk" data-testid="risk">
      <div className="tbar wrap">
        <b>{name}</b>
        <span className="l num" data-testid="risk-as-of">
          {t('risk.asOf', { date: report.asOf })}
        </span>
        <span className="l">{t(`risk.closes.${report.closes}`)}</span>
        <span className="sp" />
        <span className="l" role="status">
          {asking ? t('risk.asking') : ''}
        </span>
        <button type="button" className="btn sm" disabled={asking} data-testid="risk-again" onClick={again}>
          {t('risk.again')}
        </button>
      </div>
      {error && (
        <p className="err" role="alert">
          {error.messageKo} {error.actionKo}
        </p>
      )}
      {report.holdings.length === 0 ? (
        <Empty icon="list" title={t('risk.nothing')} body={t('risk.nothingBody')} testId="risk-empty" />
      ) : (
        <>
          <Losses losses={report.losses} />
          <div className="rk-two">
            <div>
              <Exposure report={report} />
              <Pairs pairs={report.pairs} />
            </div>
            <Holdings report={report} />
          </div>
          <Scenarios scenarios={report.scenarios} priceless={report.priceless} />
        </>
      )}
    </div>
  );
}
