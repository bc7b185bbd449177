/** Net assets, their curve, what was earned and paid, and the cash of today and the days of settlement. */
import type { JSX } from 'react';
import type { Account, Performance } from '#shared/domain/index.ts';
import { useAccount, usePerformanceNow } from '../../client/hooks.ts';
import { useDesk } from '../../store/desk.ts';
import { openDialog } from '../../store/overlay.ts';
import { type EquityCurve, usePerformance } from '../../store/performance.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { dateShort, direction, MINUS, number, ppbPercent, signed, UNKNOWN } from '../../ui/format.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { polyline } from './parts/curve.ts';

const BOX = { width: 280, height: 56 };

function Curve({ curve, start }: { readonly curve: EquityCurve; readonly start: number }): JSX.Element | null {
  const t = useText();
  const last = curve.equity[curve.equity.length - 1];
  if (last === undefined) return null;
  const { points, referenceY } = polyline(curve.equity, BOX, start);
  return (
    <svg
      className="curve"
      viewBox={`0 -2 ${BOX.width} ${BOX.height + 4}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('account.curve', { from: number(curve.equity[0] ?? start), to: number(last) })}
      data-testid="equity-curve"
    >
      <line x1="0" x2={BOX.width} y1={referenceY} y2={referenceY} className="ref" />
      <polyline points={points} className="line" />
    </svg>
  );
}

function Earned({ performance }: { readonly performance: Performance }): JSX.Element {
  const t = useText();
  const { realisedKrw, unrealisedKrw, commissionKrw, taxKrw, maxDrawdownPpb, winRatePpb, fills } = performance;
  return (
    <div className="kvl four">
      <span className="l">{t('account.realised')}</span>
      <b className={`num ${direction(realisedKrw)}`} data-testid="account-realised">
        {signed(realisedKrw)}
      </b>
      <span className="l">{t('account.drawdown')}</span>
      <b className="num">{ppbPercent(-maxDrawdownPpb)}</b>
      <span className="l">{t('account.unrealised')}</span>
      <b className={`num ${direction(unrealisedKrw)}`} data-testid="account-unrealised">
        {signed(unrealisedKrw)}
      </b>
      <span className="l">{t('account.winRate')}</span>
      <b className="num">{winRatePpb === null ? UNKNOWN : ppbPercent(winRatePpb, 1).replace('+', '')}</b>
      <span className="l">{t('account.costs')}</span>
      <span className="v num" data-testid="account-costs">
        {commissionKrw + taxKrw === 0 ? '0' : `${MINUS}${number(commissionKrw + taxKrw)}`}
      </span>
      <span className="l">{t('account.fills')}</span>
      <span className="v num">{t('unit.count', { count: number(fills) })}</span>
    </div>
  );
}

function Cash({ account }: { readonly account: Account }): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  return (
    <div className="kvl">
      <span className="l">{t('account.cashD0')}</span>
      <span className="v num" data-testid="account-cash-d0">
        {number(account.cashD0Krw)}
      </span>
      <span className="l">D+1 · {dateShort(account.d1Date, language)}</span>
      <span className="v num" data-testid="account-cash-d1">
        {number(account.cashD1Krw)}
      </span>
      <span className="l">D+2 · {dateShort(account.d2Date, language)}</span>
      <b className="num" data-testid="account-cash-d2">
        {number(account.cashD2Krw)}
      </b>
      <span className="l">{t('account.reserved')}</span>
      <span className="v num" data-testid="account-reserved">
        {number(account.reservedKrw)}
      </span>
      <span className="l">{t('account.power')}</span>
      <b className="num" data-testid="account-power">
        {number(account.buyingPowerKrw)}
      </b>
      {account.kind === 'margin40' && (
        <>
          <span className="l">{t('account.marginPower')}</span>
          <span className="v num" data-testid="account-margin-power">
            {number(account.marginPowerKrw)}
          </span>
        </>
      )}
      {account.unpaidKrw > 0 && (
        <>
          <span className="l highc">{t('account.unpaid')}</span>
          <b className="num highc" data-testid="account-unpaid">
            {number(account.unpaidKrw)}
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
  const performance = usePerformanceNow();
  const curve = usePerformance((state) => state.curve);
  if (!ready) return <Skeleton />;
  if (!account) {
    return (
      <Empty icon="user" title={t('account.none')} body={t('account.noneBody')} testId="account-empty">
        <button type="button" className="btn pri" onClick={() => openDialog('new-account')}>
          {t('account.new')}
        </button>
      </Empty>
    );
  }
  return (
    <div className="acc" data-testid="account-panel">
      {performance ? (
        <>
          <div className="net">
            <b className="num" data-testid="account-equity">
              {number(performance.equityKrw)}
            </b>
            <b className={`num ${direction(performance.returnPpb)}`} data-testid="account-return">
              {ppbPercent(performance.returnPpb)}
            </b>
            <span className="l">{t('account.start', { amount: number(performance.startingCashKrw) })}</span>
          </div>
          {curve && <Curve curve={curve} start={performance.startingCashKrw} />}
          <Earned performance={performance} />
          <div className="hr" />
        </>
      ) : (
        <Skeleton rows={3} />
      )}
      <Cash account={account} />
    </div>
  );
}
