/** One call of KIS from its params to its answer. */
import { describe, expect, it } from 'vitest';
import { kisStand, success } from '#test/support/kis-stand.ts';

const PRICE = {
  api: 'domestic-stock.inquire-price',
  params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};

describe('a call', () => {
  it('takes one token for a hundred callers and comes back with blocks', async () => {
    const stand = kisStand();
    stand.reply = () => success({ output: { stck_prpr: '70000', n: 3, empty: null }, ctx_area_fk100: ' a ' });
    const all = Promise.all(Array.from({ length: 100 }, () => stand.rest.call(PRICE)));
    await stand.time.advance(10_000);
    const answers = await all;
    expect(stand.issues).toHaveLength(1);
    expect(stand.calls).toHaveLength(100);
    expect(answers[0]).toEqual({
      blocks: { output: { stck_prpr: '70000', n: '3', empty: '' } },
      top: { ctx_area_fk100: ' a ' },
      messageCode: 'MCA00000',
      message: '정상처리 되었습니다.',
      more: false,
    });
  });
});
