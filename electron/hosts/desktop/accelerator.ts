/** Keys of the page's actions as the native menu shows them. */

/** Key names that differ from Electron's. */
const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  '+': 'Plus',
};

/** Key codes that Electron's menu knows (docs/tutorial/keyboard-shortcuts, "Available key codes"), without signs whose place differs by keyboard. */
const KNOWN =
  /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Plus|Space|Tab|Backspace|Delete|Insert|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|[-,./;='[\]\\`])$/;

/**
 * "Ctrl+Shift+X" of the page as "CmdOrCtrl+Shift+X"; null where the menu cannot show it. A key without Ctrl or Alt is
 * shown only if it is a function key: macOS would take any other from what is being typed.
 */
export function acceleratorOf(keys: string | null): string | null {
  if (keys === null) return null;
  const parts = /^((?:(?:Ctrl|Alt|Shift)\+)*)(.+)$/.exec(keys);
  const held = parts?.[1] ?? '';
  const name = parts?.[2] ?? '';
  const key = NAMES[name] ?? (/^[a-z]$/.test(name) ? name.toUpperCase() : name);
  if (!KNOWN.test(key)) return null;
  if (!/Ctrl|Alt/.test(held) && !/^F\d+$/.test(key)) return null;
  return `${held.replace('Ctrl+', 'CmdOrCtrl+')}${key}`;
}
