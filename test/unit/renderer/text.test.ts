/** Words: both languages say everything, and the same numbers stand in both. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  InterruptionKind,
  JumpTarget,
  OrderState,
  OrderType,
  Route,
  RuleStatus,
  RULES_NOTES,
  TimeInForce,
  TradingState,
  VenueName,
} from '#shared/domain/index.ts';
import { VI_CLASSES } from '#shared/market/index.ts';
import { PHASES } from '#shared/time/index.ts';
import { en } from '../../../renderer/text/en.ts';
import { translate } from '../../../renderer/text/index.ts';
import { ko } from '../../../renderer/text/ko.ts';

const RENDERER = join(import.meta.dirname, '../../../renderer');

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'text' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const names = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('words', () => {
  it('have the same keys and the same numbers in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ko).sort());
    for (const [key, text] of Object.entries(ko)) {
      expect(text, key).not.toBe('');
      expect(names(en[key as keyof typeof ko]), key).toEqual(names(text));
    }
  });

  it('cover every state, phase and cause that the core can name', () => {
    const keys = new Set(Object.keys(ko));
    for (const state of OrderState.options) expect(keys).toContain(`state.${state}`);
    for (const phase of PHASES) expect(keys).toContain(`phase.${phase}`);
    for (const phase of PHASES) expect(keys).toContain(`phase.short.${phase}`);
    for (const kind of InterruptionKind.options) expect(keys).toContain(`halt.${kind}`);
    for (const type of OrderType.options) expect(keys).toContain(`type.${type}`);
    for (const type of OrderType.options) expect(keys).toContain(`type.${type}.hint`);
    for (const time of TimeInForce.options) expect(keys).toContain(`tif.${time}.hint`);
    for (const route of Route.options) expect(keys).toContain(`route.${route}.hint`);
    for (const venue of VenueName.options) expect(keys).toContain(`venue.${venue}`);
    for (const target of JumpTarget.options) expect(keys).toContain(`jump.${target}`);
    for (const note of RULES_NOTES) expect(keys).toContain(`rules.note.${note}`);
    for (const status of RuleStatus.options) expect(keys).toContain(`rules.status.${status}`);
    for (const each of VI_CLASSES) expect(keys).toContain(`viClass.${each}`);
    for (const cause of TradingState.shape.cause.options) expect(keys).toContain(`halted.cause.${cause}`);
  });

  it('are English in English: no Hangul but names of things that have no other', () => {
    // The language as it names itself, the button between the two, and the words that stand on the broker's Korean page.
    const named = ['language.ko', 'action.nextLanguage', 'wizard.where2'];
    const hangul = Object.entries(en).filter(([, text]) => /[ㄱ-ㅎ가-힣]/.test(text));
    expect(hangul.map(([key]) => key).sort()).toEqual(named.sort());
  });

  it('are Korean in Korean: what has no Hangul is a code of the market, a unit or a name', () => {
    const codes = new Set([
      'VI',
      'KRX',
      'NXT',
      'SOR',
      'IOC',
      'FOK',
      'GTP',
      'CB',
      'PIN',
      'KIS',
      'px',
      'English',
      'ETF',
      'ETN',
      'ELW',
      'curl',
      'TypeScript',
      'Python',
    ]);
    const foreign = Object.entries(ko)
      .filter(([, text]) => !/[가-힣]/.test(text))
      .flatMap(([key, text]) =>
        [...text.replace(/\{\w+\}/g, '').matchAll(/[A-Za-z]{2,}/g)].map(([word]) => ({ key, word })),
      )
      .filter(({ word }) => !codes.has(word));
    expect(foreign).toEqual([]);
  });

  it('are all used somewhere', () => {
    const all = sources(RENDERER).join('\n');
    const dynamic = new Set([...all.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? ''));
    const unused = Object.keys(ko).filter(
      (key) => !all.includes(`'${key}'`) && ![...dynamic].some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('stand in text/ alone: no panel writes Korean of its own', () => {
    // Comments and the phrase that must be typed are no words of the screen.
    const strip = (text: string): string => text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
    const written = sources(RENDERER)
      .map(strip)
      .flatMap((text) => text.split('\n'))
      .filter((line) => /[가-힣]/.test(line));
    const allowed = /RESUME_PHRASE|UNITS|WEEKDAYS_KO|[억조만]`|천만억조/;
    expect(written.filter((line) => !allowed.test(line))).toEqual([]);
  });

  it('fill in numbers', () => {
    expect(translate('ko', 'unit.shares', { count: '1,234' })).toBe('1,234주');
    expect(translate('en', 'unit.shares', { count: 3 })).toBe('3 sh');
  });
});
