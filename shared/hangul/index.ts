/** Korean letters as they are typed, for every search of the program. */
export * from './hangul.ts';
