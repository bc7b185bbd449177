/** One symbol in full: its fields with labels and meanings, what belongs to it, and the way to chart and watchlist. */
import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { MasterFieldValue } from '#shared/contract/index.ts';
import { pickActions, useActions } from '../../../client/actions.tsx';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { useSelectIssue } from '../../../client/panel-context.tsx';
import { nameOf, useInstruments } from '../../../store/instruments.ts';
import { useText, type Translate } from '../../../text/index.ts';
import { IconButton } from '../../../ui/controls.tsx';
import { number, UNKNOWN } from '../../../ui/format.ts';
import { Failed, Skeleton } from '../../../ui/states.tsx';
import { useMasters } from '../slice.ts';
import { openSymbol } from './acts.ts';

/** A value as it is read: grouped numbers, days with strokes, what a code means; a blank is not known. */
function valueText(t: Translate, { kind, raw, meaningKo }: MasterFieldValue): string {
  if (raw === '') return UNKNOWN;
  if (meaningKo !== null) return `${meaningKo} (${raw})`;
  if (kind === 'flag' && (raw === 'Y' || raw === 'N')) return t(raw === 'Y' ? 'masters.yes' : 'masters.no');
  if (kind === 'number' && /^[+-]?\d+$/.test(raw) && Number.isSafeInteger(Number(raw))) return number(Number(raw));
  if (kind === 'date' && /^(?!0+$)\d{8}$/.test(raw)) return `${raw.slice(0, 4)}-${raw.slice(4, 6)}-${raw.slice(6)}`;
  return kind === 'date' && /^0+$/.test(raw) ? UNKNOWN : raw;
}

/** Whether chart, book and ticket know an issue; one that no listing has is asked for. */
function useKnown(instrumentId: string | null): boolean {
  useEffect(() => {
    if (instrumentId !== null) nameOf(instrumentId);
  }, [instrumentId]);
  return useInstruments((state) => instrumentId !== null && state.byId.has(instrumentId));
}

/** The way to what the market hub knows; words where it does not. */
function Ways({ instrumentId }: { readonly instrumentId: string | null }): JSX.Element {
  const t = useText();
  const select = useSelectIssue();
  const workstation = useWorkstation();
  const known = useKnown(instrumentId);
  const actions = pickActions(useActions(), ['show-chart', 'show-watchlist']);
  if (instrumentId === null || !known) return <p className="l mnote">{t('masters.notTraded')}</p>;
  return (
    <div className="mways">
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          className="btn"
          data-testid={`masters-${action.id}`}
          onClick={() => {
            select(instrumentId);
            workstation.select(instrumentId);
            workstation.found(instrumentId);
            action.run();
          }}
        >
          {t(action.label)}
        </button>
      ))}
    </div>
  );
}

export function SymbolView(): JSX.Element {
  const t = useText();
  const { client } = useClient();
  const { symbol, symbolError, symbolId } = useMasters();
  const [blanks, setBlanks] = useState(false);
  const close = (
    <IconButton
      icon="x"
      label={t('common.close')}
      onClick={() => void openSymbol(client, null)}
      testId="masters-close"
    />
  );
  if (symbolError)
    return (
      <div className="msym" data-testid="masters-symbol">
        <div className="tbar">
          <span className="sp" />
          {close}
        </div>
        <Failed error={symbolError} onRetry={() => void openSymbol(client, symbolId)} />
      </div>
    );
  if (!symbol)
    return (
      <div className="msym" data-testid="masters-symbol">
        <Skeleton rows={8} />
      </div>
    );
  const shown = symbol.fields.filter(({ kind, raw }) => kind !== 'filler' && (blanks || raw !== ''));
  const { nameKo, nameEn, code, product, market, instrumentId } = symbol.symbol;
  return (
    <section className="msym" aria-label={nameKo} data-testid="masters-symbol">
      <div className="tbar">
        <b className="ell">{nameKo}</b>
        <span className="mut num">{code}</span>
        <span className="sp" />
        {close}
      </div>
      <div className="mbody" tabIndex={0} role="group" aria-label={t('masters.fields')}>
        {nameEn !== null && <p className="l mnote">{nameEn}</p>}
        <p className="l mnote">
          {t(`masters.product.${product}`)} · {market} · {symbol.title} ·{' '}
          {t('masters.fileDate', { date: symbol.fileDate ?? UNKNOWN })}
        </p>
        <Ways instrumentId={instrumentId} />
        {symbol.linked.length > 0 && (
          <>
            <h4>{t(product === 'theme' ? 'masters.themeIssues' : 'masters.themes')}</h4>
            <div className="mways">
              {symbol.linked.map((each) => (
                <button
                  key={each.id}
                  type="button"
                  className="btn"
                  data-testid={`masters-linked-${each.code}`}
                  onClick={() => void openSymbol(client, each.id)}
                >
                  {each.nameKo}
                </button>
              ))}
            </div>
          </>
        )}
        <h4 className="mhead">
          {t('masters.fields')}
          <span className="sp" />
          <label className="chk">
            <input type="checkbox" checked={blanks} onChange={() => setBlanks(!blanks)} data-testid="masters-blanks" />
            {t('masters.blanks')}
          </label>
        </h4>
        <dl className="mfields">
          {shown.map((field) => (
            <div key={field.name}>
              <dt title={field.name}>{field.label}</dt>
              <dd className={field.kind === 'text' ? '' : 'num'} data-testid={`masters-field-${field.name}`}>
                {valueText(t, field)}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
