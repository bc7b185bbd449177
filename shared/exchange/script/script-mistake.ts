/** What is wrong with a line of a script that reads well. */

/** A line that reads well but cannot be carried out; the message is Korean. */
export class ScriptMistake extends Error {}
