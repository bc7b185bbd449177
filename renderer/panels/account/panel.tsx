/** Net assets, their curve, what was earned and paid, and the cash of today and the days of settlement. */
import type { JSX } from 'react';
import type { Account, AccountCurrency, Performance } from '#shared/domain/index.ts';
import { useAccount, usePerformanceNow } from '../../client/hooks.ts';
import { useCore } from '../../store/core.ts';
import { useDesk } from '../../store/desk.ts';
import { atBroker } from '../../store/environment.ts';
import { openDialog } from '../../store/overlay.ts';
import { type EquityCurve, usePerformance } from '../../store/performance.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { dateShort, direction, number, ppbPercent, UNKNOWN } from '../../ui/format.ts';
import { accountCurrency, cash, signedMoney } from '../../ui/money.ts';
import { Empty, Skeleton, Veiled } from '../../ui/states.tsx';
import { polyline } from './parts/curve.ts';

const BOX = { width: 280, height: 56 };

function Curve(props: {
  readonly curve: EquityCurve;
  readonly start: number;
  readonly currency: AccountCurrency;
}): JSX.Element | null {
  const t = useText();
  const { curve, start, currency } = props;
  const last = curve.equity[curve.equity.length - 1];
  if (last === undefined) return null;
  const { points, referenceY } = polyline(curve.equity, BOX, start);
  return (
    <svg
      className="curve"
      viewBox={`0 -2 ${BOX.width} ${BOX.height + 4}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('account.curve', { from: cash(curve.equity[0] ?? start, currency), to: cash(last, currency) })}
      data-testid="equity-curve"
    >
      <line x1="0" x2={BOX.width} y1={referenceY} y2={referenceY} className="ref" />
      <polyline points={points} className="line" />
    </svg>
  );
}

function Earned(props: { readonly performance: Performance; readonly currency: AccountCurrency }): JSX.Element {
  const t = useText();
  const { realisedKrw, unrealisedKrw, commissionKrw, taxKrw, maxDrawdownPpb, winRatePpb, fills } = props.performance;
  const { currency } = props;
  return (
    <div className="kvl four">
      <span className="l">{t('account.realised')}</span>
      <b className={`num ${direction(realisedKrw)}`} data-testid="account-realised">
        {signedMoney(realisedKrw, currency)}
      </b>
      <span className="l">{t('account.drawdown')}</span>
      <b className="num">{ppbPercent(-maxDrawdownPpb)}</b>
      <span className="l">{t('account.unrealised')}</span>
      <b className={`num ${direction(unrealisedKrw)}`} data-testid="account-unrealised">
        {signedMoney(unrealisedKrw, currency)}
      </b>
      <span className="l">{t('account.winRate')}</span>
      <b className="num">{winRatePpb === null ? UNKNOWN : ppbPercent(winRatePpb, 1).replace('+', '')}</b>
      <span className="l">{t('account.costs')}</span>
      <span className="v num" data-testid="account-costs">
        {commissionKrw + taxKrw === 0 ? '0' : cash(-(commissionKrw + taxKrw), currency)}
      </span>
      <span className="l">{t('account.fills')}</span>
      <span className="v num">{t('unit.count', { count: number(fills) })}</span>
    </div>
  );
}

function Cash({ account }: { readonly account: Account }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  // Futures and options hold margin, and are settled every day.
  const contracts = account.product === 'derivative';
  return (
    <div className="kvl">
      <span className="l">{t('account.cashD0')}</span>
      <span className="v num" data-testid="account-cash-d0">
        {cash(account.cashD0Krw, accountCurrency(account))}
      </span>
      <span className="l">D+1 · {dateShort(account.d1Date, language)}</span>
      <span className="v num" data-testid="account-cash-d1">
        {cash(account.cashD1Krw, accountCurrency(account))}
      </span>
      <span className="l">
        {contracts ? t('account.cashWithoutPositions') : `D+2 · ${dateShort(account.d2Date, language)}`}
      </span>
      <b className="num" data-testid="account-cash-d2">
        {cash(account.cashD2Krw, accountCurrency(account))}
      </b>
      <span className="l">{t(contracts ? 'account.margin' : 'account.reserved')}</span>
      <span className="v num" data-testid="account-reserved">
        {cash(account.reservedKrw, accountCurrency(account))}
      </span>
      <span className="l">{t('account.power')}</span>
      <b className="num" data-testid="account-power">
        {cash(account.buyingPowerKrw, accountCurrency(account))}
      </b>
      {account.kind === 'margin40' && (
        <>
          <span className="l">{t('account.marginPower')}</span>
          <span className="v num" data-testid="account-margin-power">
            {cash(account.marginPowerKrw, accountCurrency(account))}
          </span>
        </>
      )}
      {account.unpaidKrw > 0 && (
        <>
          <span className="l highc">{t('account.unpaid')}</span>
          <b className="num highc" data-testid="account-unpaid">
            {cash(account.unpaidKrw, accountCurrency(account))}
          </b>
        </>
      )}
      {account.frozenUntil !== null && (
        <>
          <span className="l midc">{t('account.frozen')}</span>
          <span className="v num midc" data-testid="account-frozen">
            {dateShort(account.frozenUntil, language)}
          </span>
        </>
      )}
    </div>
  );
}

export function AccountPanel(): JSX.Element {
  const t = useText();
  const ready = useDesk((state) => state.ready);
  const account = useAccount();
  const broker = useCore((state) => atBroker(state.environment));
  const performance = usePerformanceNow();
  const curve = usePerformance((state) => state.curve);
  if (!ready) return <Skeleton />;
  if (!account && broker) {
    return <Empty icon="user" title={t('account.waiting')} body={t('account.waitingBody')} testId="account-waiting" />;
  }
  if (!account) {
    return (
      <Empty icon="user" title={t('account.none')} body={t('account.noneBody')} testId="account-empty">
        <button type="button" className="btn pri" onClick={() => openDialog('new-account')}>
          {t('account.new')}
        </button>
      </Empty>
    );
  }
  const currency = accountCurrency(account);
  return (
    <Veiled from="market">
      <div className="acc" role="group" aria-label={account.name} tabIndex={0} data-testid="account-panel">
        {performance ? (
          <>
            <div className="net">
              <b className="num" data-testid="account-equity">
                {cash(performance.equityKrw, currency)}
              </b>
              <b className={`num ${direction(performance.returnPpb)}`} data-testid="account-return">
                {ppbPercent(performance.returnPpb)}
              </b>
              <span className="l">{t('account.start', { amount: cash(performance.startingCashKrw, currency) })}</span>
            </div>
            {curve && <Curve curve={curve} start={performance.startingCashKrw} currency={currency} />}
            <Earned performance={performance} currency={currency} />
            <div className="hr" />
          </>
        ) : (
          <Skeleton rows={3} />
        )}
        <Cash account={account} />
      </div>
    </Veiled>
  );
}
