/** Cells that draw themselves outside React, so that live figures cost no rendering. */
import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';

/** What a live cell does: draw once, and be told when it is gone. */
export interface LiveCell<Row> {
  /** Draws into the element and returns what stops the drawing. */
  start(element: HTMLElement, row: Row): () => void;
}

/** A cell that draws itself outside React. */
export function liveCell<Row>(cell: LiveCell<Row>): new () => ICellRendererComp<Row> {
  return class implements ICellRendererComp<Row> {
    readonly #element = document.createElement('span');
    #stop: () => void = () => undefined;

    init(params: ICellRendererParams<Row>): void {
      this.#element.className = 'px';
      if (params.data) this.#stop = cell.start(this.#element, params.data);
    }

    getGui(): HTMLElement {
      return this.#element;
    }

    refresh(params: ICellRendererParams<Row>): boolean {
      this.#stop();
      this.#element.className = 'px';
      this.#element.textContent = '';
      if (params.data) this.#stop = cell.start(this.#element, params.data);
      return true;
    }

    destroy(): void {
      this.#stop();
    }
  };
}
