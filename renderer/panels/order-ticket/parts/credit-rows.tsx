/** Cash or credit (신용융자): cash unless the user chooses otherwise, whose money, and for a sale the loan that it repays. */
import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import { productOf, type LoanLot, type OrderCredit } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { LOAN_RULE } from '#shared/market/index.ts';
import { useClient } from '../../../client/context.tsx';
import type { CoreClient } from '../../../client/supervisor.ts';
import { wordsOf } from '../../../client/words-of.ts';
import { useCore } from '../../../store/core.ts';
import type { DraftState } from '../../../store/draft.ts';
import { atBroker } from '../../../store/environment.ts';
import { useText } from '../../../text/index.ts';
import { Segment, Select } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';

type Plan = Awaited<ReturnType<CoreClient['trading']['creditPlan']>>;

/** Whether the account takes orders on credit; null: not known yet. Asks nothing of the broker. */
function useCreditPlan(accountId: string | null): Plan | null {
  const { client, era } = useClient();
  const [state, setState] = useState<{ readonly accountId: string; readonly plan: Plan } | null>(null);
  useEffect(() => {
    if (!client || accountId === null) return;
    let gone = false;
    client.trading
      .creditPlan({ accountId })
      .then((plan) => {
        if (!gone) setState({ accountId, plan });
      })
      // Without an answer there is no credit, which is where the ticket stands anyway.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [client, era, accountId]);
  return state?.accountId === accountId ? state.plan : null;
}

/** The loans of an account, asked for when a sale on credit is written, and again as the desk has news. */
function useLoans(accountId: string | null, revision: number) {
  const { client, era } = useClient();
  const [state, setState] = useState<{
    readonly lots: readonly LoanLot[] | null;
    readonly error: ErrorEnvelope | null;
  }>({
    lots: null,
    error: null,
  });
  useEffect(() => {
    if (!client || accountId === null) return;
    const abort = new AbortController();
    client.trading
      .loans({ accountId }, { signal: abort.signal })
      .then((lots) => {
        if (!abort.signal.aborted) setState({ lots, error: null });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ lots: null, error: wordsOf(error) });
      });
    return () => abort.abort();
  }, [client, era, accountId, revision]);
  return state;
}

interface Props {
  readonly accountId: string | null;
  readonly instrumentId: string;
  readonly draft: Pick<DraftState, 'mode' | 'side' | 'credit'>;
  readonly revision: number;
  readonly onChange: (change: Pick<DraftState, 'credit'>) => void;
}

function LoanChoice({ accountId, instrumentId, draft: { credit }, revision, onChange }: Props): JSX.Element {
  const t = useText();
  const { lots, error } = useLoans(accountId, revision);
  if (error) {
    return (
      <p className="note err" role="alert">
        {error.messageKo} {error.actionKo}
      </p>
    );
  }
  if (lots === null) return <p className="note">{t('credit.asking')}</p>;
  const own = lots.filter((lot) => lot.instrumentId === instrumentId);
  if (own.length === 0) {
    return (
      <p className="note" data-testid="credit-no-loans">
        {t('credit.noLoans')}
      </p>
    );
  }
  const keyOf = (lot: LoanLot): string => `${lot.loanDate} ${lot.money ?? ''}`;
  const chosen = credit
    ? own.find((lot) => lot.loanDate === credit.loanDate && (lot.money ?? credit.money) === credit.money)
    : undefined;
  return (
    <div className="fr">
      <span className="l">{t('credit.loan')}</span>
      <Select
        label={t('credit.loan')}
        value={chosen ? keyOf(chosen) : ''}
        choices={[
          ...(chosen ? [] : [{ value: '', label: t('credit.choose') }]),
          ...own.map((lot) => ({
            value: keyOf(lot),
            label: t('credit.lot', {
              date: lot.loanDate,
              kind: lot.kind,
              quantity: number(lot.sellable),
              amount: number(lot.loanKrw),
            }),
          })),
        ]}
        onChange={(key) => {
          const lot = own.find((each) => keyOf(each) === key);
          const money = lot?.money ?? credit?.money ?? 'house';
          if (lot) onChange({ credit: { act: 'loanClose', money, loanDate: lot.loanDate } });
        }}
        testId="credit-loan"
      />
    </div>
  );
}

/** Nothing where no account at a broker trades the issue; greyed with the reason where this one takes no credit. */
export function CreditRows(props: Props): JSX.Element | null {
  const t = useText();
  const broker = useCore((state) => atBroker(state.environment));
  const { accountId, instrumentId, draft, onChange } = props;
  const { mode, side, credit } = draft;
  const plan = useCreditPlan(broker ? accountId : null);
  // What waits with Maru, or protects a fill, is in cash.
  if (!broker || mode !== 'now' || productOf(instrumentId) !== 'stock' || !instrumentId.startsWith('KRX:')) return null;
  const reason = plan?.unavailable ?? null;
  const money = credit?.money ?? 'house';
  const start = (next: OrderCredit['money']): OrderCredit => ({
    act: side === 'buy' ? 'loanOpen' : 'loanClose',
    money: next,
    loanDate: side === 'buy' ? null : (credit?.loanDate ?? null),
  });
  return (
    <>
      <div className="fr">
        <span className="l">{t('credit.way')}</span>
        <Segment
          label={t('credit.way')}
          choices={[
            { value: 'cash', label: t('credit.cash') },
            {
              value: 'credit',
              label: t(`credit.on.${side}`),
              disabled: plan === null || reason !== null,
              ...(reason ? { title: `${reason.messageKo} ${reason.actionKo}` } : {}),
            },
          ]}
          value={credit ? 'credit' : 'cash'}
          onChange={(way) => onChange({ credit: way === 'cash' ? null : start(money) })}
          testId="ticket-credit"
        />
      </div>
      {credit && side === 'buy' && (
        <div className="fr">
          <span className="l">{t('credit.money')}</span>
          <Segment
            label={t('credit.money')}
            choices={(['house', 'market'] as const).map((value) => ({ value, label: t(`credit.money.${value}`) }))}
            value={money}
            onChange={(value) => onChange({ credit: start(value) })}
            testId="credit-money"
          />
        </div>
      )}
      {credit && side === 'sell' && <LoanChoice {...props} />}
      {credit && (
        <p className="oldnote" role="status" data-testid="credit-risk">
          <Icon name="warn" size="sm" />
          {t(`credit.risk.${side}`, { percent: LOAN_RULE.maintenancePercent, days: LOAN_RULE.termDays })}
        </p>
      )}
    </>
  );
}
