/** Prints what a page has laid out for paper into a PDF file that the user names. */
import { writeFile } from 'node:fs/promises';
import type { Dialog, WebContents } from 'electron';
import { toEnvelope } from '#shared/errors/index.ts';
import type { Words } from './words.ts';

/** Asks where to, prints, and says what went wrong if it did. Does nothing when the user cancels. */
export async function printByDialog(parts: {
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showErrorBox'>;
  readonly contents: Pick<WebContents, 'printToPDF'>;
  readonly words: Words;
  /** Of the file, without its ending. */
  readonly name: string;
}): Promise<void> {
  const { dialog, contents, words, name } = parts;
  // Printed first: what stands on the page now is what was asked for.
  const printed = contents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true });
  try {
    const [bytes, { canceled, filePath }] = await Promise.all([
      printed,
      dialog.showSaveDialog({
        title: words('savePdf'),
        defaultPath: `${name}.pdf`,
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      }),
    ]);
    if (!canceled && filePath) await writeFile(filePath, bytes);
  } catch (error) {
    dialog.showErrorBox(words('pdfFailed'), error instanceof Error ? error.message : toEnvelope(error).messageKo);
  }
}
