/** What a page laid out for paper becomes: a file where the user says, nothing where he cancels, a sentence where the disk refuses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printByDialog } from '#core/hosts/desktop/print-dialog.ts';
import { wordsIn } from '#core/hosts/desktop/words.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

function stand(answer: { readonly canceled: boolean; readonly filePath: string }) {
  const errors: string[] = [];
  const asked: unknown[] = [];
  const parts = {
    contents: { printToPDF: () => Promise.resolve(Buffer.from('%PDF-1.4 test')) },
    dialog: {
      showSaveDialog: (options: unknown) => {
        asked.push(options);
        return Promise.resolve(answer);
      },
      showErrorBox: (title: string) => void errors.push(title),
    },
    words: wordsIn('ko'),
    name: '2026-03-04-1',
  } as unknown as Parameters<typeof printByDialog>[0];
  return { parts, errors, asked };
}

describe('a report printed by the shell', () => {
  it('is written where the user says, under a name it offers', async () => {
    const filePath = join(tempFolder(), 'report.pdf');
    const { parts, asked } = stand({ canceled: false, filePath });
    await printByDialog(parts);
    expect(readFileSync(filePath, 'latin1')).toMatch(/^%PDF/);
    expect(asked).toMatchObject([{ defaultPath: '2026-03-04-1.pdf' }]);
  });

  it('is dropped where the user cancels, and a folder that cannot be written is said', async () => {
    const filePath = join(tempFolder(), 'missing', 'report.pdf');
    const canceled = stand({ canceled: true, filePath });
    await printByDialog(canceled.parts);
    expect(existsSync(filePath)).toBe(false);
    const refused = stand({ canceled: false, filePath });
    await printByDialog(refused.parts);
    expect(refused.errors).toEqual([wordsIn('ko')('pdfFailed')]);
  });
});
