/** All commands, in the order of the help. */
import type { Command } from '../command.ts';
import { overview } from '../help.ts';
import { accountAdopt, accountCreate, accountList, accountReport, balance } from './account.ts';
import { connectionAdd, connectionImport, connectionList, connectionRemove, connectionTest } from './connection.ts';
import { contractCommand } from './contract.ts';
import { emulatorCommand } from './emulator.ts';
import { envArm, envDisarm, envPin, envStatus, envSwitch } from './environment.ts';
import { exchangeRun } from './exchange.ts';
import { importBooks, importCsv, importKrxEod, importMinutes, importTicks } from './import.ts';
import { journalVerify } from './journal.ts';
import { kisCall } from './kis-call.ts';
import { kisCopy, kisPostman, kisRecipes } from './kis-copy.ts';
import { kisDescribe } from './kis-describe.ts';
import { kisList } from './kis-list.ts';
import {
  mastersDownload,
  mastersImport,
  mastersNightly,
  mastersSearch,
  mastersShow,
  mastersStatus,
} from './masters.ts';
import { marketAction } from './market-action.ts';
import { marketCheck } from './market-check.ts';
import { marketGenerate } from './market.ts';
import { orderCancel, orderList, orderPlace, orderReplace } from './order.ts';
import { price } from './price.ts';
import { replay } from './replay.ts';
import { exchangeRules } from './rules.ts';
import { reservations } from './reservations.ts';
import { funds, loans, profit } from './statement.ts';
import { scenarioDiff, scenarioList, scenarioRun, scenarioValidate } from './scenario.ts';
import { threatsDetect, threatsEvaluate, threatsList } from './threats.ts';

const help: Command = {
  name: 'help',
  summary: '이 도움말',
  takes: '',
  options: {},
  run({ world }) {
    world.stdout(`${overview(COMMANDS)}\n`);
    return Promise.resolve(undefined);
  },
};

/** Every command of the command line. */
export const COMMANDS: readonly Command[] = [
  help,
  contractCommand,
  importKrxEod,
  importCsv,
  importMinutes,
  importTicks,
  importBooks,
  mastersStatus,
  mastersImport,
  mastersDownload,
  mastersNightly,
  mastersSearch,
  mastersShow,
  replay,
  marketGenerate,
  marketCheck,
  marketAction,
  exchangeRun,
  exchangeRules,
  price,
  accountCreate,
  accountList,
  accountReport,
  accountAdopt,
  balance,
  profit,
  funds,
  loans,
  reservations,
  orderPlace,
  orderReplace,
  orderCancel,
  orderList,
  journalVerify,
  envStatus,
  envSwitch,
  envPin,
  envArm,
  envDisarm,
  connectionList,
  connectionAdd,
  connectionImport,
  connectionRemove,
  connectionTest,
  scenarioList,
  scenarioValidate,
  scenarioRun,
  scenarioDiff,
  threatsList,
  threatsEvaluate,
  threatsDetect,
  emulatorCommand,
  kisList,
  kisDescribe,
  kisCall,
  kisCopy,
  kisRecipes,
  kisPostman,
];
