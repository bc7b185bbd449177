/** Tells what is new: by a sound, and through the operating system while nobody looks. One window does it for all. */
import { useEffect, useRef, useState } from 'react';
import { type Alert, breaksQuiet, isQuiet, type Notices } from '#shared/domain/index.ts';
import { kstTimeText } from '#shared/time/index.ts';
import type { Notice } from '../../client/notices.ts';
import { findShell } from '../../client/shell.ts';
import { openDialog } from '../../store/overlay.ts';
import { browserClock } from '../../ui/platform.ts';
import { sound } from '../../ui/tones.ts';

const LEVELS: readonly Alert['level'][] = ['info', 'caution', 'high', 'critical'];
const LOCK = 'maru-herald';

/** Whether the user wants to be left alone at this moment. */
export function isQuietNow({ quiet }: Pick<Notices, 'quiet'>): boolean {
  return isQuiet(quiet, kstTimeText(browserClock.now()).slice(0, 5));
}

/** True in one window of the program: it holds a lock that the next one gets when it closes. */
function useHeraldry(): boolean {
  const [ours, setOurs] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    const held = new Promise<void>((resolve) => gone.signal.addEventListener('abort', () => resolve()));
    navigator.locks
      .request(LOCK, { signal: gone.signal }, () => {
        setOurs(true);
        return held;
      })
      .catch(() => undefined);
    return () => gone.abort();
  }, []);
  return ours;
}

/** What the operating system is told, where it lets us. */
function tellDesktop({ title, body, key, level }: Notice): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { body, tag: key, silent: true, requireInteraction: level === 'critical' });
  shown.addEventListener('click', () => {
    window.focus();
    // A window in the tray, or folded away, comes back only by its shell.
    findShell()?.tell({ kind: 'show' });
    openDialog('alerts');
    shown.close();
  });
}

/** Tells notices that came after this window opened; several at once sound once, as the gravest of them. */
export function useHerald(notices: readonly Notice[], settings: Notices, openedTs: number): void {
  const ours = useHeraldry();
  const told = useRef(new Set<string>());
  useEffect(() => {
    const news = notices.filter(({ key, unseen, ts }) => unseen && ts > openedTs && !told.current.has(key));
    for (const { key } of news) told.current.add(key);
    if (!ours || news.length === 0) return;
    const quiet = isQuietNow(settings);
    const heard = news.filter(({ level }) => settings.sound[level] && (!quiet || breaksQuiet(level, 'sound')));
    const gravest = LEVELS.findLast((level) => heard.some((notice) => notice.level === level));
    if (gravest) sound(gravest);
    if (!settings.desktop || document.hasFocus()) return;
    for (const notice of news) if (!quiet || breaksQuiet(notice.level, 'sight')) tellDesktop(notice);
  }, [notices, settings, ours, openedTs]);
}
