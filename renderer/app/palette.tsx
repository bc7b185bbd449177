/** The palette: issues, symbols of every product and commands by name. Empty, it offers the commands. */
import type { JSX, KeyboardEvent } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FoundMaster } from '#shared/contract/index.ts';
import { type Action, useActions } from '../client/actions.tsx';
import { useClient, useWorkstation } from '../client/context.tsx';
import { searchInstruments } from '../client/instrument-search.ts';
import { useMasterIssues } from '../client/master-issues.ts';
import { closeDialog } from '../store/overlay.ts';
import { learnInstrument, useInstruments } from '../store/instruments.ts';
import { type Translate, useText } from '../text/index.ts';
import { changePercent, direction } from '../ui/format.ts';
import { issuePrice } from '../ui/money.ts';
import { hasInitials, initialsOf } from '../ui/hangul.ts';
import { Scrim } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProductBadge } from '../ui/product-badge.tsx';

const ISSUES = 8;
/** Issues that only the symbol masters know, below the others; symbols that nothing here trades. */
const FROM_MASTERS = 6;
const SYMBOLS = 6;

/** Actions whose words hold the query, by letters or initial consonants. */
export function searchActions(actions: readonly Action[], query: string, t: Translate): readonly Action[] {
  const wanted = query.trim().toLowerCase();
  return actions.filter((action) => {
    if (action.id === 'open-palette' || !action.enabled()) return false;
    if (wanted === '') return true;
    const label = t(action.label).toLowerCase();
    return label.includes(wanted) || (hasInitials(wanted) && initialsOf(label).includes(wanted));
  });
}

/** Symbols of the masters that chart, book and ticket do not know; the core answers, and only its newest answer counts. */
function useSymbols(query: string): readonly FoundMaster[] {
  const { client } = useClient();
  const [found, setFound] = useState<{ readonly query: string; readonly symbols: readonly FoundMaster[] } | null>(null);
  useEffect(() => {
    if (!client) return undefined;
    let wanted = true;
    // Empty, it makes the search ready.
    client.masters.search({ query, products: [], limit: ISSUES + FROM_MASTERS + SYMBOLS }).then(
      (symbols) => wanted && setFound({ query, symbols }),
      // Issues and commands are found all the same.
      () => wanted && setFound(null),
    );
    return () => {
      wanted = false;
    };
  }, [client, query]);
  return useMemo(() => {
    // While the next answer is on its way the last one stays, so that the list does not jump.
    const symbols = query.trim() === '' ? [] : (found?.symbols ?? []);
    return symbols.filter(({ instrumentId }) => instrumentId === null).slice(0, SYMBOLS);
  }, [found, query]);
}

export function Palette(): JSX.Element {
  const actions = useActions();
  const t = useText();
  const workstation = useWorkstation();
  const list = useInstruments((state) => state.list);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listBox = useRef<HTMLDivElement>(null);
  const near = useMemo(() => (query.trim() === '' ? [] : searchInstruments(list, query, ISSUES)), [list, query]);
  const far = useMasterIssues(query, near, FROM_MASTERS);
  const issues = useMemo(() => [...near, ...far], [near, far]);
  const commands = useMemo(() => searchActions(actions, query, t), [actions, query, t]);
  const symbols = useSymbols(query);
  const { client } = useClient();
  const showMasters = actions.find(({ id }) => id === 'show-masters');
  const entries = [
    ...issues.map((instrument) => () => {
      learnInstrument(instrument);
      workstation.select(instrument.id);
    }),
    ...symbols.map(({ id }) => () => {
      // The panel and its tables are loaded by whoever opens it.
      void import('../panels/masters/index.ts').then(({ showMasterSymbol }) => showMasterSymbol(client, id));
      showMasters?.run();
    }),
    ...commands.map((action) => () => action.run()),
  ];
  const choose = (index: number): void => {
    const run = entries[index];
    if (!run) return;
    closeDialog();
    run();
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((old) => (entries.length === 0 ? 0 : (old + step + entries.length) % entries.length));
    } else if (event.key === 'Enter') {
      // Else the key would go on to the button that gets the focus back, and press it.
      event.preventDefault();
      choose(at);
    }
  };
  useEffect(() => {
    listBox.current?.querySelector('.it.on')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const option = (
    index: number,
  ): { className: string; role: 'option'; 'aria-selected': boolean; tabIndex: -1; onClick: () => void } => ({
    className: index === at ? 'it on' : 'it',
    role: 'option',
    'aria-selected': index === at,
    tabIndex: -1,
    onClick: () => choose(index),
  });
  const listId = useId();
  return (
    <Scrim onClose={closeDialog}>
      <div className="pal" role="dialog" aria-modal="true" aria-label={t('top.find')} data-testid="palette">
        <div className="q">
          <Icon name="search" />
          <input
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-autocomplete="list"
            aria-label={t('top.find')}
            placeholder={t('palette.placeholder')}
            value={query}
            spellCheck={false}
            autoComplete="off"
            data-testid="palette-input"
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
            onKeyDown={keyDown}
          />
          <kbd>Esc</kbd>
        </div>
        <div className="list" role="listbox" id={listId} aria-label={t('top.find')} ref={listBox}>
          {issues.length > 0 && <div className="sec">{t('palette.issues')}</div>}
          {issues.map((instrument, index) => {
            const quote = workstation.bus.quote(instrument.id);
            const change = quote && quote.last !== null ? quote.last - quote.base : null;
            return (
              <button key={instrument.id} type="button" {...option(index)} data-testid={`palette-${instrument.id}`}>
                <b>{instrument.nameKo}</b>
                <span className="mut">{instrument.code}</span>
                <ProductBadge instrument={instrument} />
                {quote && (
                  <span className={`end num ${direction(change)}`}>
                    <span>{issuePrice(quote.last ?? quote.base, quote.instrumentId)}</span>
                    {change !== null && <span>{changePercent(change, quote.base)}</span>}
                  </span>
                )}
              </button>
            );
          })}
          {symbols.length > 0 && <div className="sec">{t('palette.masters')}</div>}
          {symbols.map((symbol, index) => (
            <button
              key={symbol.id}
              type="button"
              {...option(issues.length + index)}
              data-testid={`palette-master-${symbol.id}`}
            >
              <b>{symbol.nameKo}</b>
              <span className="mut">{symbol.code}</span>
              <span className="mut">{t(`masters.product.${symbol.product}`)}</span>
              <span className="mut">{symbol.market}</span>
            </button>
          ))}
          {commands.length > 0 && <div className="sec">{t('palette.commands')}</div>}
          {commands.map((action, index) => (
            <button
              key={action.id}
              type="button"
              {...option(issues.length + symbols.length + index)}
              data-testid={`palette-${action.id}`}
            >
              <Icon name={action.icon} />
              {t(action.label)}
              {action.keys !== null && (
                <span className="end">
                  <kbd>{action.keys.replaceAll('+', ' ')}</kbd>
                </span>
              )}
            </button>
          ))}
          {entries.length === 0 && <div className="sec">{t('search.none')}</div>}
        </div>
      </div>
    </Scrim>
  );
}
