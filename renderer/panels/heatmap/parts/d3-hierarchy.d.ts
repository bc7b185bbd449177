/** The few parts of d3-hierarchy that the heat map uses; the package brings no types. */
declare module 'd3-hierarchy' {
  export interface Node<Datum> {
    readonly data: Datum;
    readonly children?: readonly Node<Datum>[];
    readonly value?: number;
    readonly x0: number;
    readonly y0: number;
    readonly x1: number;
    readonly y1: number;
    sum(weight: (datum: Datum) => number): Node<Datum>;
    sort(compare: (a: Node<Datum>, b: Node<Datum>) => number): Node<Datum>;
  }
  export interface Treemap<Datum> {
    (root: Node<Datum>): Node<Datum>;
    size(size: readonly [number, number]): Treemap<Datum>;
    paddingInner(gap: number): Treemap<Datum>;
    paddingTop(gap: (node: Node<Datum>) => number): Treemap<Datum>;
    round(round: boolean): Treemap<Datum>;
    tile(tile: unknown): Treemap<Datum>;
  }
  export function hierarchy<Datum>(root: Datum, children: (datum: Datum) => readonly Datum[] | null): Node<Datum>;
  export function treemap<Datum>(): Treemap<Datum>;
  export const treemapSquarify: unknown;
}
