/** What files call their columns, whichever program wrote them: read, never shown. */
export const WATCH_FILE_COLUMNS = {
  code: ['종목코드', '단축코드', '코드', '종목번호', 'code', 'symbol', 'ticker', 'isu_srt_cd', '표준코드'],
  name: ['종목명', '한글종목명', '이름', '종목', 'name', 'issue', '한글명'],
  folder: ['폴더', '그룹', '그룹명', '관심그룹', 'folder', 'group'],
} as const;
