/** The synthetic answers as the server asks for them. */
import type { Otherwise } from '../answers.ts';
import { dateText } from '../server-text.ts';
import { syntheticReply } from './answer.ts';

/** Answers whatever the market does not. Throws Refused. */
export const synthetic: Otherwise = ({ api, trId, params, next }, { facts, now }) =>
  syntheticReply({
    api,
    env: facts.env,
    trId,
    params: Object.fromEntries(params.entries()),
    trCont: next ? 'N' : '',
    today: dateText(now()),
  });
