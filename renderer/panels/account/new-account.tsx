/** Opens a simulated account with a name and starting cash. */
import type { JSX } from 'react';
import { useState } from 'react';
import { AccountKind } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { wordsOf } from '../../client/workstation.ts';
import { closeDialog } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { Segment, TextField } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { krwSummary, number } from '../../ui/format.ts';
import { parseWhole } from '../../ui/parse.ts';

/** Bounds of the contract, won. */
const LEAST = 10_000;
const MOST = 1_000_000_000_000;
/** The contract's default. */
const USUAL = '100,000,000';

export function NewAccountDialog(): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const [name, setName] = useState('');
  const [cashText, setCashText] = useState(USUAL);
  const [kind, setKind] = useState<AccountKind>('cash');
  const [error, setError] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const cash = parseWhole(cashText);
  const valid = name.trim() !== '' && cash !== null && cash >= LEAST && cash <= MOST;
  const open = (): void => {
    const { client } = workstation;
    if (!valid || sending || !client) return;
    setSending(true);
    client.trading
      .createAccount({ name: name.trim(), kind, startingCashKrw: cash })
      .then((account) => {
        void workstation.setPreferences({ accountId: account.accountId });
        closeDialog();
      })
      .catch((failure: unknown) => {
        const { messageKo, actionKo, code } = wordsOf(failure);
        setError(`${messageKo} ${actionKo} (${code})`);
      })
      .finally(() => setSending(false));
  };
  return (
    <Dialog
      title={t('account.new')}
      closeLabel={t('common.close')}
      onClose={closeDialog}
      testId="new-account-dialog"
      foot={
        <>
          <span className="sp" />
          <button
            type="button"
            className="btn pri lg"
            disabled={!valid || sending}
            onClick={open}
            data-testid="new-account-create"
          >
            {t('account.open')}
          </button>
        </>
      }
    >
      <div className="row">
        <span className="l">{t('account.name')}</span>
        <TextField
          label={t('account.name')}
          text={name}
          onText={setName}
          maxLength={40}
          autoFocus
          onEnter={open}
          placeholder={t('account.namePlaceholder')}
          testId="new-account-name"
        />
      </div>
      <div className="row">
        <span className="l">{t('account.cash')}</span>
        <TextField
          label={t('account.cash')}
          text={cashText}
          onText={setCashText}
          unit={t('unit.won')}
          onEnter={open}
          invalid={cash === null || cash < LEAST || cash > MOST}
          testId="new-account-cash"
        />
      </div>
      <p className="note">
        {cash === null
          ? t('account.cashBad')
          : t('account.cashHint', { amount: krwSummary(cash), least: number(LEAST), most: krwSummary(MOST) })}
      </p>
      <div className="row">
        <span className="l">{t('account.kind')}</span>
        <Segment
          label={t('account.kind')}
          choices={AccountKind.options.map((value) => ({ value, label: t(`account.kind.${value}`) }))}
          value={kind}
          onChange={setKind}
          testId="new-account-kind"
        />
      </div>
      <p className="note">{t(`account.kind.${kind}.hint`)}</p>
      {error !== null && (
        <p className="err" role="alert" data-testid="new-account-error">
          {error}
        </p>
      )}
    </Dialog>
  );
}
