/** The text of a kis_devlp.yaml, as the broker's samples write it. */
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../electron/app/connections/yaml-file.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { letters } from '#test/support/made-up-keys.ts';

const [appKey, appSecret, paperKey, paperSecret] = [letters(36), letters(180), letters(36), letters(180)];

const FILE = `#홈페이지에서 API서비스 신청시 받은 값
my_app: "${appKey}"
my_sec: '${appSecret}'

paper_app: ${paperKey}
paper_sec: ${paperSecret}

my_htsid: "someone@1"
my_acct_stock: 01234567
my_acct_future: "선물옵션계좌 8자리"
my_paper_stock: "50123456"
my_paper_future: "60123456"
my_prod: "01"

prod: "https://openapi.koreainvestment.example:9443"
ops: "ws://127.0.0.1:21000"
vps: "http://127.0.0.1:29443"
vops: "ws://127.0.0.1:31000"
my_agent: "Mozilla/5.0"
`;

function refusal(text: string): { readonly code: string; readonly messageKo: string } {
  try {
    readYaml(text, 'official');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, messageKo: toEnvelope(error).messageKo };
  }
  throw new Error('it was taken');
}

describe('a kis_devlp.yaml', () => {
  it('gives the accounts that have keys; an account number keeps its leading zero, and placeholders count for nothing', () => {
    const { entries, notesKo } = readYaml(`\ufeff${FILE}`, 'official');
    expect(entries.map(({ entry }) => [entry.kind, entry.account, entry.restUrl, entry.label])).toEqual([
      ['real', '01234567-01', null, 'kis_devlp 실전'],
      ['paper', '50123456-01', null, 'kis_devlp 모의'],
      ['paper', '60123456-03', null, 'kis_devlp 모의 선물옵션'],
    ]);
    expect(entries[0]?.entry).toMatchObject({ appKey, appSecret, htsId: 'someone@1' });
    expect(entries[1]?.entry).toMatchObject({ appKey: paperKey, appSecret: paperSecret });
    // Addresses that are not the broker's own are not followed, and that is said.
    expect(notesKo).toHaveLength(2);
    expect(notesKo[1]).toContain('공식 주소가 아니어서');
  });

  it('takes the addresses of the file for the offline KIS', () => {
    const { entries, notesKo } = readYaml(FILE, 'emulator');
    expect(entries[1]?.entry).toMatchObject({ restUrl: 'http://127.0.0.1:29443', wsUrl: 'ws://127.0.0.1:31000' });
    expect(notesKo).toEqual([]);
  });

  it('tells the line of what cannot be read, and nothing of what stands there', () => {
    const broken = refusal(FILE.replace(`my_sec: '${appSecret}'`, `my_sec: '${appSecret}`));
    expect(broken.code).toBe('YAML_BAD');
    expect(broken.messageKo).not.toContain(appSecret.slice(0, 12));
    const twice = refusal(`my_app: ${appKey}\nmy_sec: x\nmy_app: ${appKey}\n`);
    expect(twice.messageKo).toBe('YAML을 읽지 못했습니다. 3번째 줄: 같은 이름이 두 번 나옵니다.');
    expect(refusal('- a\n- b\n').messageKo).toContain('이름: 값의 목록이 아닙니다');
    expect(refusal('my_agent: x\n').code).toBe('YAML_EMPTY');
    expect(refusal('').code).toBe('YAML_EMPTY');
    expect(refusal('my_app: 앱키\nmy_sec: 시크릿\n').code).toBe('YAML_EMPTY');
  });

  it('says which account is missing', () => {
    const { entries, notesKo } = readYaml(`my_app: ${appKey}\nmy_sec: ${appSecret}\n`, 'official');
    expect(entries).toEqual([]);
    expect(notesKo).toEqual(['실전: 계좌번호(my_acct_stock)가 없어 가져오지 않았습니다.']);
  });
});
