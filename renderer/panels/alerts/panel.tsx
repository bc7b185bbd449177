/** Price alerts of the market in force: set for the issue in view, judged by the core on every trade; and what was told. */
import { type JSX, useMemo, useState } from 'react';
import { priceUnitOf, type PriceAlert } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useDocuments } from '../../client/documents.ts';
import { useQuote } from '../../client/hooks.ts';
import { useIssue, usePanel, useSelectIssue } from '../../client/panel-context.tsx';
import { useCore } from '../../store/core.ts';
import { nameOf } from '../../store/instruments.ts';
import { useText } from '../../text/index.ts';
import { IconButton } from '../../ui/controls.tsx';
import { time } from '../../ui/format.ts';
import { issuePrice, parseMoney } from '../../ui/money.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { ToldRows } from './parts/notice-rows.tsx';

/** Prices of the practice market are invented; all others come from the exchange. */
function useMarketName(): PriceAlert['market'] {
  return useCore((state) => (state.environment === 'simulation' ? 'simulated' : 'real'));
}

/** The alerts of the market in force, armed ones first. */
function useAlerts(): readonly (readonly [string, PriceAlert])[] | null {
  const documents = useDocuments('alert');
  const market = useMarketName();
  return useMemo(
    () =>
      documents &&
      [...documents]
        .filter(([, alert]) => alert.market === market)
        .sort(([, a], [, b]) => Number(a.state === 'fired') - Number(b.state === 'fired')),
    [documents, market],
  );
}

export function useArmedCount(): number | null {
  const alerts = useAlerts();
  return alerts === null ? null : alerts.filter(([, alert]) => alert.state === 'armed').length;
}

/** A new alert for the issue in view; which way the price has to go follows from where it is. */
function NewAlert({ instrumentId }: { readonly instrumentId: string }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const market = useMarketName();
  const quote = useQuote(instrumentId);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [repeats, setRepeats] = useState(false);
  const last = quote?.last ?? quote?.base ?? null;
  const price = parseMoney(text, priceUnitOf(instrumentId));
  const here = price !== null && price === last;
  const valid = price !== null && price > 0 && last !== null && !here;
  const save = (): void => {
    if (!valid) return;
    const alert: PriceAlert = {
      instrumentId,
      market,
      when: price > last ? 'atOrAbove' : 'atOrBelow',
      price,
      note: note.trim(),
      repeats,
      state: 'armed',
      firedTs: null,
    };
    workstation.documents
      .save('alert', `a-${workstation.newRequestId()}`, alert)
      .then(() => {
        setText('');
        setNote('');
      })
      .catch((error: unknown) => workstation.fail(error));
  };
  return (
    <form
      className="tbar al-new"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <b className="el">{nameOf(instrumentId)}</b>
      <input
        className="field num"
        aria-label={t('alerts.price')}
        placeholder={last === null ? t('alerts.price') : issuePrice(last, instrumentId)}
        aria-invalid={text.trim() !== '' && !valid}
        value={text}
        data-testid="alert-price"
        onChange={(event) => setText(event.target.value)}
      />
      <input
        className="field"
        aria-label={t('alerts.note')}
        placeholder={t('alerts.note')}
        maxLength={100}
        value={note}
        data-testid="alert-note"
        onChange={(event) => setNote(event.target.value)}
      />
      <label className="row">
        <input type="checkbox" checked={repeats} data-testid="alert-repeats" onChange={() => setRepeats(!repeats)} />
        {t('alerts.repeats')}
      </label>
      <button type="submit" className="btn" disabled={!valid} data-testid="alert-add">
        {t('alerts.add')}
      </button>
      <span className="l" role="status">
        {here ? t('alerts.here') : ''}
      </span>
    </form>
  );
}

function AlertRow({ id, alert }: { readonly id: string; readonly alert: PriceAlert }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const select = useSelectIssue();
  const { looksOnly } = usePanel();
  const { instrumentId, when, price, note, repeats, state, firedTs } = alert;
  const fail = (error: unknown): void => workstation.fail(error);
  return (
    <tr data-testid={`alert-${id}`} className={state === 'fired' ? 'mut' : ''}>
      <td>
        <button type="button" className="lnk" onClick={() => select(instrumentId)}>
          {nameOf(instrumentId)}
        </button>
      </td>
      <td className="num">
        {when === 'atOrAbove' ? '≥' : '≤'} {issuePrice(price, instrumentId)}
      </td>
      <td className="el" title={note}>
        {note}
      </td>
      <td>
        <span className={state === 'armed' ? 'chip line' : 'chip dis'}>
          {state === 'armed' ? t(repeats ? 'alerts.repeating' : 'alerts.armed') : t('alerts.fired')}
        </span>
        {firedTs !== null && <span className="l num"> {time(firedTs)}</span>}
      </td>
      <td className="act">
        {!looksOnly && state === 'fired' && (
          <button
            type="button"
            className="btn sm"
            data-testid={`alert-again-${id}`}
            onClick={() =>
              void workstation.documents.save('alert', id, { ...alert, state: 'armed', firedTs: null }).catch(fail)
            }
          >
            {t('alerts.again')}
          </button>
        )}
        {!looksOnly && (
          <IconButton
            icon="x"
            label={t('alerts.remove', { name: nameOf(instrumentId) })}
            testId={`alert-remove-${id}`}
            onClick={() => void workstation.documents.remove('alert', id).catch(fail)}
          />
        )}
      </td>
    </tr>
  );
}

export function AlertsPanel(): JSX.Element {
  const t = useText();
  const alerts = useAlerts();
  const instrumentId = useIssue();
  const { looksOnly } = usePanel();
  if (alerts === null) return <Skeleton />;
  return (
    <div className="al">
      {instrumentId !== null && !looksOnly && <NewAlert key={instrumentId} instrumentId={instrumentId} />}
      <div className="al-rows">
        {alerts.length === 0 ? (
          <Empty icon="bell" title={t('alerts.none')} body={t('alerts.noneBody')} testId="alerts-empty" />
        ) : (
          <table>
            <caption className="l">{t('alerts.off')}</caption>
            <tbody>
              {alerts.map(([id, alert]) => (
                <AlertRow key={id} id={id} alert={alert} />
              ))}
            </tbody>
          </table>
        )}
        <h3 className="sec">{t('alerts.told')}</h3>
        <ToldRows />
      </div>
    </div>
  );
}
