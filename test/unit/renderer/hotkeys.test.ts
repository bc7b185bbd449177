/** Keys and actions. */
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../renderer/app/actions/index.ts';
import { WorkspaceKeeper } from '../../../renderer/app/dock/keeper.ts';
import { chordOf, type Pressed } from '../../../renderer/app/hotkeys.ts';
import { searchActions } from '../../../renderer/app/palette.tsx';
import { WindowsLine } from '../../../renderer/client/windows.ts';
import { Workstation } from '../../../renderer/client/workstation.ts';
import { translate } from '../../../renderer/text/index.ts';
import { browserClock, browserTimers } from '../../../renderer/ui/platform.ts';

function press(key: string, facts: Partial<Pressed> = {}): string {
  return chordOf({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...facts });
}

const workstation = new Workstation({
  clock: browserClock,
  timers: browserTimers,
  ids: { next: () => 'id' },
  report: () => undefined,
});
const keeper = new WorkspaceKeeper({
  documents: workstation.documents,
  windows: new WindowsLine('main', { postMessage: () => undefined, addEventListener: () => undefined }),
  timers: browserTimers,
  ids: { next: () => 'id' },
  firstIssues: () => [],
  choose: () => undefined,
  tell: () => undefined,
  fail: () => undefined,
});
const actions = actionsOf({ workstation, keeper, views: [{ id: 'rules', title: 'panel.rules' }] });

describe('chords', () => {
  it('name letters by their place, so that Korean input does not hide them', () => {
    expect(press('ㅌ', { code: 'KeyX', ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+X');
    expect(press('k', { code: 'KeyK', metaKey: true })).toBe('Ctrl+K');
  });

  it('take signs as they are', () => {
    expect(press('?', { shiftKey: true, code: 'Slash' })).toBe('?');
    expect(press('Delete', { ctrlKey: true })).toBe('Ctrl+Delete');
    expect(press('F6')).toBe('F6');
    expect(press(' ', { code: 'Space', ctrlKey: true })).toBe('Ctrl+Space');
  });
});

describe('actions', () => {
  it('have one id and at most one key each', () => {
    const ids = actions.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = actions.flatMap((action) => (action.keys === null ? [] : [action.keys]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('put halting on Ctrl Shift X and send no order by any key', () => {
    expect(actions.find((action) => action.keys === 'Ctrl+Shift+X')?.id).toBe('halt');
    expect(actions.some((action) => /submit|send/.test(action.id))).toBe(false);
    expect(actions.some((action) => action.keys !== null && /^[A-Za-z]$/.test(action.keys))).toBe(false);
  });

  it('are found by words and by initial consonants, and only while they may run', () => {
    const t = (key: Parameters<typeof translate>[1]): string => translate('ko', key);
    expect(searchActions(actions, '매수', t).map((action) => action.id)).toEqual(['buy']);
    expect(searchActions(actions, 'ㅅㅈ', t).map((action) => action.id)).toContain('open-settings');
    expect(searchActions(actions, '매매 재개', t)).toEqual([]);
    expect(searchActions(actions, '', t).some((action) => action.id === 'open-palette')).toBe(false);
  });
});
