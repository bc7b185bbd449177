/** Writes docs/contract.md from the contract. */
import { writeFileSync } from 'node:fs';
import { contract, PROTOCOL_VERSION } from '#shared/contract/index.ts';
import { contractJson, contractPage } from '#shared/rpc/index.ts';

writeFileSync(
  new URL('../../docs/contract.md', import.meta.url),
  contractPage(contractJson(contract, PROTOCOL_VERSION)),
);
