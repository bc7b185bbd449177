/** Hands a text to the browser as a file. */
import { browserTimers } from './platform.ts';

/** How long the browser may take to begin before the address is withdrawn, milliseconds. */
const ADDRESS_MS = 60_000;

export function download(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|]+/g, '-');
  link.click();
  browserTimers.after(ADDRESS_MS, () => URL.revokeObjectURL(address));
}
