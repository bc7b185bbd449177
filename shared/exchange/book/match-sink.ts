/** Who is told of matches: of an incoming order with a resting one, and of two resting orders. */

/** Told of each match of an incoming order, after the book has changed. Price in won. */
export interface FillSink {
  filled(price: number, quantity: number, restingNo: number, restingOwner: number): void;
}

/** A match of two orders that both were in the book. Price in won. */
export interface CrossMatch {
  readonly price: number;
  readonly quantity: number;
  readonly buyNo: number;
  readonly buyOwner: number;
  readonly sellNo: number;
  readonly sellOwner: number;
}

/** Told of each match of two resting orders, after the book has changed. */
export interface CrossSink {
  crossed(match: CrossMatch): void;
}
