/** Picks files with the system's dialog and imports them where they lie. */
import type { BrowserWindow, Dialog } from 'electron';
import type { ImportReport } from '#shared/contract/index.ts';
import { groupDigits, toEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import type { Words } from './words.ts';

/** Files that one import takes. */
const MAX_FILES = 50;

/** What an import says when it is over. */
export function importSentence(report: ImportReport): string {
  const head = `${groupDigits(report.rows)}줄을 가져왔습니다.`;
  const span =
    report.from === null || report.to === null
      ? ''
      : ` ${report.from} ~ ${report.to}, ${groupDigits(report.instruments)}종목입니다.`;
  const bad = report.rejectedRows === 0 ? '' : ` ${groupDigits(report.rejectedRows)}줄은 맞지 않아 뺐습니다.`;
  return head + span + bad;
}

/** Asks for files, imports them, tells the outcome. Does nothing when the user cancels. */
export async function importByDialog(parts: {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showMessageBox'>;
  readonly window: BrowserWindow;
  readonly words: Words;
  readonly importFiles: (paths: readonly string[]) => Promise<ImportReport>;
}): Promise<void> {
  const { dialog, window, words } = parts;
  const picked = await dialog.showOpenDialog(window, {
    title: words('pick'),
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: words('eod'), extensions: ['csv', 'gz'] }],
  });
  if (picked.canceled || picked.filePaths.length === 0) return;
  try {
    const report = await parts.importFiles(picked.filePaths.slice(0, MAX_FILES));
    await dialog.showMessageBox(window, { type: 'info', message: importSentence(report) });
  } catch (error) {
    const told = error instanceof RemoteError ? error.envelope : toEnvelope(error);
    await dialog.showMessageBox(window, { type: 'error', message: told.messageKo, detail: told.actionKo });
  }
}
