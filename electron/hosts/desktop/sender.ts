/** Who speaks: only a window's own page may, from its main frame. */
import type { IpcMainEvent, WebContents } from 'electron';
import { isPage } from './channel.ts';

/** Whether a message came from the main frame of `contents`, showing our address. */
export function fromPage(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === contents && frame !== null && frame === contents.mainFrame && isPage(frame.url);
}
