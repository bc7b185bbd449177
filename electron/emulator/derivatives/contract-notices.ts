/** 선물옵션 체결통보: what happened to the account's orders, as records of 22 columns. */
import { DERIVATIVE_CODES } from '#shared/market/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { Ground } from '../ground.ts';
import { timeText, zeroed } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { CONTRACT_BRANCH, contractCancelNo } from './contract-rows.ts';
import type { ContractNotice, ContractOrder } from './contract-terms.ts';

interface Said {
  readonly no: string;
  readonly original: string;
  /** 0 new · 1 change · 2 withdrawal */
  readonly change: 0 | 1 | 2;
  readonly quantity: number;
  readonly price: number;
  readonly filled?: boolean;
  readonly accepted: 1 | 2;
}

function row(ground: Ground, order: ContractOrder, said: Said, at: EpochMs): Row {
  const [cano = ''] = ground.facts.account.split('-');
  const kind = DERIVATIVE_CODES.find(({ code }) => code === order.kindCode);
  // Prices have two places whose point is left out.
  const price = zeroed(said.price, 9);
  return {
    cust_id: ground.facts.htsId,
    acnt_no: `${cano}03`,
    oder_no: said.no,
    ooder_no: said.original,
    seln_byov_cls: order.side === 'sell' ? '01' : '02',
    rctf_cls: said.change,
    oder_kind2: kind?.quote.slice(1) ?? '1',
    stck_shrn_iscd: order.contract.code,
    cntg_qty: zeroed(said.quantity, 10),
    cntg_unpr: price,
    stck_cntg_hour: timeText(at),
    rfus_yn: 0,
    cntg_yn: said.filled ? 2 : 1,
    acpt_yn: said.accepted,
    brnc_no: CONTRACT_BRANCH,
    oder_qty: zeroed(order.quantity, 9),
    acnt_name: '모의고객',
    cntg_isnm: order.contract.nameKo,
    oder_cond: kind?.condition ?? '0',
    ord_grp: '',
    ord_grpseq: '',
    order_prc: zeroed(order.price, 9),
  };
}

/** The records of a notice: one, or receipt and confirmation of a change. */
export function contractNoticeRows(ground: Ground, notice: ContractNotice, at: EpochMs): Row[] {
  const { order } = notice;
  const own = { no: order.no, original: order.original, quantity: order.quantity, price: order.price };
  switch (notice.kind) {
    case 'accepted':
      return [row(ground, order, { ...own, change: 0, accepted: 1 }, at)];
    case 'replaced':
      return ([1, 2] as const).map((accepted) => row(ground, order, { ...own, change: 1, accepted }, at));
    case 'canceled': {
      const { quantity } = notice;
      const said = { ...own, no: contractCancelNo(order.no), original: order.no, quantity, change: 2 } as const;
      return ([1, 2] as const).map((accepted) => row(ground, order, { ...said, accepted }, at));
    }
    case 'fill': {
      const { price, quantity } = notice;
      return [row(ground, order, { ...own, original: '', quantity, price, change: 0, filled: true, accepted: 2 }, at)];
    }
  }
}
