/** The only bridges into the page: frames of the contract both ways and the news that the line is gone; words to the shell, and what was chosen in its menu. */
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNEL, SHELL_CHANNEL } from './hosts/desktop/channel.ts';

type Receive = (frame: unknown, bytes: Uint8Array | null) => void;

// Names this page to the core, so that a reload starts a new line.
const line = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

let receive: Receive | null = null;
let tellClosed: (() => void) | null = null;
let closed = false;

ipcRenderer.on(CHANNEL, (_event, to: string, text: string | null, bytes: Uint8Array | null) => {
  if (to !== line || closed) return;
  if (text === null) {
    closed = true;
    tellClosed?.();
    return;
  }
  // The core speaks only once the page has: the page listens by then.
  receive?.(JSON.parse(text), bytes);
});

contextBridge.exposeInMainWorld('maru', {
  send(frame: unknown, bytes?: Uint8Array): void {
    if (!closed) ipcRenderer.send(CHANNEL, line, JSON.stringify(frame), bytes ?? null);
  },
  onFrame(listener: Receive): void {
    receive = listener;
  },
  onClose(listener: () => void): void {
    tellClosed = listener;
    if (closed) listener();
  },
});

let act: ((id: string) => void) | null = null;

ipcRenderer.on(SHELL_CHANNEL, (_event, id: string) => act?.(id));

contextBridge.exposeInMainWorld('maruShell', {
  tell(word: unknown): void {
    ipcRenderer.send(SHELL_CHANNEL, JSON.stringify(word));
  },
  onAct(listener: (id: string) => void): void {
    act = listener;
  },
});
