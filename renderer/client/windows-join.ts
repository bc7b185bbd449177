/** Keeps the windows of one program alike: looks, and the issues of the link groups. */
import type { Preferences } from '#shared/contract/index.ts';
import { FIRST_GROUP, setGroupIssue, useLinks } from '../store/links.ts';
import { useView } from '../store/view.ts';
import type { WindowsLine } from './windows.ts';

/** What every window shows alike. */
const LOOKS = ['theme', 'upDown', 'language'] as const satisfies readonly (keyof Preferences)[];

type Looks = Partial<Pick<ReturnType<typeof useView.getState>, (typeof LOOKS)[number]>>;

/** Tells the others what changes here and takes over what they tell; nothing that was told is told again. */
export function joinWindows(windows: WindowsLine): void {
  let hearing = false;
  windows.hear((said) => {
    hearing = true;
    try {
      if (said.kind === 'looks') useView.setState(said.looks as Looks);
      if (said.kind === 'issue' && said.group === FIRST_GROUP) useView.setState({ instrumentId: said.instrumentId });
      else if (said.kind === 'issue') setGroupIssue(said.group, said.instrumentId);
    } finally {
      hearing = false;
    }
  });
  useView.subscribe((now, before) => {
    if (hearing || !before.loaded) return;
    const looks: Record<string, unknown> = {};
    for (const key of LOOKS) if (now[key] !== before[key]) looks[key] = now[key];
    if (Object.keys(looks).length > 0) windows.say({ kind: 'looks', from: windows.id, looks });
    if (now.instrumentId !== before.instrumentId && now.instrumentId !== null)
      windows.say({ kind: 'issue', from: windows.id, group: FIRST_GROUP, instrumentId: now.instrumentId });
  });
  useLinks.subscribe((now, before) => {
    if (hearing) return;
    for (const [group, instrumentId] of Object.entries(now.issues)) {
      if (before.issues[group as keyof typeof before.issues] === instrumentId) continue;
      windows.say({ kind: 'issue', from: windows.id, group: group as keyof typeof now.issues, instrumentId });
    }
  });
}
