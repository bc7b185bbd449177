/** `contract`: what every door speaks, as data or as a page. */
import { contract, PROTOCOL_VERSION } from '#shared/contract/index.ts';
import { contractJson, contractPage } from '#shared/rpc/index.ts';
import type { Command } from '../command.ts';

export const contractCommand: Command = {
  name: 'contract',
  summary: '화면과 명령줄이 함께 쓰는 계약을 보여 줍니다.',
  takes: '',
  options: {},
  run({ result }) {
    const described = contractJson(contract, PROTOCOL_VERSION);
    result(described, () => contractPage(described));
    return Promise.resolve(undefined);
  },
};
