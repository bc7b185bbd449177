/** What a migration is: one forward step of one kind of file. */

export interface Migration {
  /** Multiples of ten, rising; becomes the file's `user_version`. */
  readonly version: number;
  /** Statements run in one transaction together with the rise of `user_version`. */
  readonly sql: string;
}
