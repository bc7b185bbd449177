/** What the page and its shell on the desktop say to each other beside the contract: the menu, what is chosen in it, which window to show, what to print. */
import { z } from 'zod';

/** An action as the menu shows it. */
export const MenuAction = z.strictObject({
  /** Of the one list of actions. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  label: z.string().min(1).max(120),
  /** As "Ctrl+Shift+X"; null where there is none. */
  keys: z.string().min(1).max(40).nullable(),
  enabled: z.boolean(),
});
export type MenuAction = z.infer<typeof MenuAction>;

/** One heading of the menu bar with its actions. */
export const MenuRoom = z.strictObject({
  id: z.string().regex(/^[a-z]{1,20}$/),
  label: z.string().min(1).max(60),
  actions: z.array(MenuAction).max(100),
});
export type MenuRoom = z.infer<typeof MenuRoom>;

/** What the page tells its shell. */
export const ShellWord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('menu'), language: z.enum(['ko', 'en']), rooms: z.array(MenuRoom).max(12) }),
  /** The user wants to see this window: a notification of the system was clicked. */
  z.strictObject({ kind: z.literal('show') }),
  /** What the page has laid out for paper is to become a PDF file of this name. */
  z.strictObject({ kind: z.literal('pdf'), name: z.string().min(1).max(120) }),
]);
export type ShellWord = z.infer<typeof ShellWord>;

/** Longest word of the page to its shell, characters of JSON. */
export const SHELL_WORD_LIMIT = 100_000;
