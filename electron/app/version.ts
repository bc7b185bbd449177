/** The program's version, from package.json at build time. */
import facts from '../../package.json' with { type: 'json' };

export const VERSION: string = facts.version;
