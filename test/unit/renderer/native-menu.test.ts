/** What the page tells the desktop's shell of its actions. */
import { describe, expect, it } from 'vitest';
import { ShellWord } from '#shared/contract/index.ts';
import { acceleratorOf } from '../../../electron/hosts/desktop/accelerator.ts';
import { actionsOf } from '../../../renderer/app/actions/index.ts';
import { WorkspaceKeeper } from '../../../renderer/app/dock/keeper.ts';
import { menuOf } from '../../../renderer/app/native-menu.ts';
import { WindowsLine } from '../../../renderer/client/windows.ts';
import { Workstation } from '../../../renderer/client/workstation.ts';
import { closeDialog, openDialog } from '../../../renderer/store/overlay.ts';
import { browserClock, browserTimers } from '../../../renderer/ui/platform.ts';

const ids = { next: () => 'id' };
const parts = { clock: browserClock, timers: browserTimers, ids };
const workstation = new Workstation({ ...parts, report: () => undefined });
const keeper = new WorkspaceKeeper({
  documents: workstation.documents,
  windows: new WindowsLine('main', { postMessage: () => undefined, addEventListener: () => undefined }),
  timers: browserTimers,
  ids,
  firstIssues: () => [],
  choose: () => undefined,
  tell: () => undefined,
  fail: () => undefined,
});
const actions = actionsOf({ workstation, keeper, views: [{ id: 'rules', title: 'panel.rules' }] });
const listed = (word: ReturnType<typeof menuOf>) => word.rooms.flatMap((room) => room.actions);

describe('the native menu', () => {
  it('takes every action of the one list, in both languages', () => {
    for (const language of ['ko', 'en'] as const) {
      const word = menuOf(actions, language);
      expect(ShellWord.safeParse(word).error).toBeUndefined();
      expect(listed(word).map(({ id }) => id)).toEqual(expect.arrayContaining(actions.map(({ id }) => id)));
    }
    expect(menuOf(actions, 'ko').rooms[0]?.label).toBe('주문');
    expect(menuOf(actions, 'en').rooms[0]?.label).not.toBe('주문');
  });

  it('can show every shipped key but a bare sign', () => {
    const hidden = actions.filter(({ keys }) => keys !== null && acceleratorOf(keys) === null);
    expect(hidden.map(({ keys }) => keys)).toEqual(['?']);
  });

  it('greys everything but halting while a dialog is open', () => {
    const can = () => new Set(listed(menuOf(actions, 'ko')).flatMap(({ id, enabled }) => (enabled ? [id] : [])));
    expect(can().has('buy')).toBe(true);
    openDialog('settings');
    expect([...can()]).toEqual(['halt']);
    closeDialog();
  });
});
