/** What the stand-in of the electron module claims stands in Electron's documentation: every member cites it, word for word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { ROOT } from '#test/support/built.ts';

const FILES = ['electron-stand-in.ts', 'electron-stand-in-menu.ts', 'electron-stand-in-system.ts', 'electron-page.ts'];

/** The documentation's text by page, from the comments of electron.d.ts: each of its parts names the page it is made of. */
function documentation(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const text = readFileSync(join(ROOT, 'node_modules', 'electron', 'electron.d.ts'), 'utf8');
  for (const part of text.split('// Docs: https://electronjs.org/docs/').slice(1)) {
    const end = part.indexOf('\n');
    const page = part.slice(0, end).trim();
    const words = plain([...part.matchAll(/\/\*\*([^]*?)\*\//g)].map((match) => match[1] ?? '').join(' '));
    pages.set(page, `${pages.get(page) ?? ''} ${words}`);
  }
  return pages;
}

/** Without the stars of a comment, on one line. */
function plain(comment: string): string {
  return comment
    .replace(/^\s*\*+ ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Claim {
  readonly where: string;
  readonly comment: string;
}

/** Members that the program, its preload or its page can reach: public methods and what exported objects hold. */
function claims(file: string): Claim[] {
  const text = readFileSync(join(ROOT, 'test', 'support', file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Claim[] = [];
  const add = (node: ts.Node, name: string): void => {
    const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
    const comment = comments.map(({ pos, end }) => text.slice(pos, end)).join(' ');
    found.push({ where: `${file}: ${name}`, comment });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isMethodDeclaration(node) && !ts.isPrivateIdentifier(node.name)) add(node, node.name.getText());
    if (ts.isVariableStatement(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      for (const { initializer, name } of node.declarationList.declarations) {
        if (initializer && ts.isObjectLiteralExpression(initializer)) {
          for (const each of initializer.properties)
            if (ts.isPropertyAssignment(each) && !ts.isNewExpression(each.initializer)) add(each, each.name.getText());
        } else if (initializer?.getText() === 'new EventEmitter()') add(node, name.getText());
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Members of the stand-in's own making, which stand for no member of Electron. */
const OWN = /electron-page\.ts: (run|hear|fromPage|navigate|openWindow|check|request|query|requestPermission)$/;

describe('the stand-in of the electron module', () => {
  const pages = documentation();
  const all = FILES.flatMap(claims);

  it('is read whole', () => {
    expect(pages.size).toBeGreaterThan(100);
    expect(all.length).toBeGreaterThan(60);
    expect(all.map(({ where }) => where)).toContain('electron-stand-in.ts: quit');
  });

  it.each(all.filter(({ where }) => !OWN.test(where)))('cites a page for $where', ({ comment }) => {
    expect(plain(comment)).toMatch(/@cites api\/\S+ "|@page \S+/);
  });

  it('cites words that stand there', () => {
    const cited = FILES.flatMap((file) => {
      const text = plain(readFileSync(join(ROOT, 'test', 'support', file), 'utf8'));
      return [...text.matchAll(/@cites (api\/\S+) "((?:[^"\\]|\\.)+)"/g)].map((match) => ({
        page: match[1] ?? '',
        words: match[2] ?? '',
      }));
    });
    expect(cited.length).toBeGreaterThan(60);
    const missing = cited.filter(({ page, words }) => !(pages.get(page) ?? '').includes(words));
    expect(missing).toEqual([]);
  });
});
