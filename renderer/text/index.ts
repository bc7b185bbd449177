/** Every visible word by key, in the user's language. */
import { useView } from '../store/view.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

export type Language = 'ko' | 'en';
export type TextKey = keyof typeof ko;
export type TextParams = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, params?: TextParams) => string;

const TABLES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { ko, en };

/** The words of a key with `{name}` filled in. */
export function translate(language: Language, key: TextKey, params: TextParams = {}): string {
  return TABLES[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

const translators: Readonly<Record<Language, Translate>> = {
  ko: (key, params) => translate('ko', key, params),
  en: (key, params) => translate('en', key, params),
};

/** The translator of the language in force; the caller is drawn again when it changes. */
export function useText(): Translate {
  return translators[useView((state) => state.language)];
}

/** The same outside React. */
export function text(key: TextKey, params?: TextParams): string {
  return translate(useView.getState().language, key, params);
}
