/** The palette: issues and commands by name. Empty, it offers the commands. */
import type { JSX, KeyboardEvent } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type Action, useActions } from '../client/actions.tsx';
import { useWorkstation } from '../client/context.tsx';
import { searchInstruments } from '../client/instrument-search.ts';
import { closeDialog } from '../store/overlay.ts';
import { useInstruments } from '../store/instruments.ts';
import { type Translate, useText } from '../text/index.ts';
import { changePercent, direction } from '../ui/format.ts';
import { issueMoney } from '../ui/money.ts';
import { hasInitials, initialsOf } from '../ui/hangul.ts';
import { Scrim } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';

const ISSUES = 8;

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

export function Palette(): JSX.Element {
  const actions = useActions();
  const t = useText();
  const workstation = useWorkstation();
  const list = useInstruments((state) => state.list);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listBox = useRef<HTMLDivElement>(null);
  const issues = useMemo(() => (query.trim() === '' ? [] : searchInstruments(list, query, ISSUES)), [list, query]);
  const commands = useMemo(() => searchActions(actions, query, t), [actions, query, t]);
  const entries = [
    ...issues.map((instrument) => () => workstation.select(instrument.id)),
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
                <span className="mut">{t(`market.${instrument.market}`)}</span>
                {quote && (
                  <span className={`end num ${direction(change)}`}>
                    <span>{issueMoney(quote.last ?? quote.base, quote.instrumentId)}</span>
                    {change !== null && <span>{changePercent(change, quote.base)}</span>}
                  </span>
                )}
              </button>
            );
          })}
          {commands.length > 0 && <div className="sec">{t('palette.commands')}</div>}
          {commands.map((action, index) => (
            <button
              key={action.id}
              type="button"
              {...option(issues.length + index)}
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
