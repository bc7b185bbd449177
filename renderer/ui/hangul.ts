/** Korean letters as they are typed, under the name that the screen knows them by. */
export * from '#shared/hangul/index.ts';
