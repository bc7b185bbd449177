/** A filter that keeps rows with one of the chosen words: the grid's own one of this kind is not free. */
import type { IDoesFilterPassParams, IFilterComp, IFilterParams } from 'ag-grid-community';

export interface OneOfParams {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** What is kept of it: the chosen values. */
export interface OneOfModel {
  readonly values: readonly string[];
}

/** The values of a stored model; null where it is none. */
export function oneOfValues(model: unknown): readonly string[] | null {
  if (typeof model !== 'object' || model === null || !('values' in model) || !Array.isArray(model.values)) return null;
  const values = model.values.filter((value): value is string => typeof value === 'string');
  return values.length === 0 ? null : values;
}

export class OneOfFilter implements IFilterComp {
  readonly #element = document.createElement('div');
  readonly #boxes = new Map<string, HTMLInputElement>();
  #params: (IFilterParams & OneOfParams) | null = null;
  /** null: everything passes. */
  #chosen: ReadonlySet<string> | null = null;

  init(params: IFilterParams & OneOfParams): void {
    this.#params = params;
    this.#element.className = 'one-of';
    this.#element.setAttribute('role', 'group');
    for (const { value, label } of params.choices) {
      const line = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.dataset['testid'] = `one-of-${value}`;
      box.addEventListener('change', () => this.#take());
      line.append(box, label);
      this.#element.append(line);
      this.#boxes.set(value, box);
    }
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  afterGuiAttached(): void {
    this.#element.querySelector('input')?.focus();
  }

  isFilterActive(): boolean {
    return this.#chosen !== null;
  }

  doesFilterPass({ node }: IDoesFilterPassParams): boolean {
    const value: unknown = this.#params?.getValue(node);
    return this.#chosen === null || (typeof value === 'string' && this.#chosen.has(value));
  }

  getModel(): OneOfModel | null {
    return this.#chosen && { values: [...this.#chosen] };
  }

  setModel(model: unknown): void {
    const values = oneOfValues(model);
    this.#chosen = values && new Set(values);
    for (const [value, box] of this.#boxes) box.checked = this.#chosen?.has(value) ?? false;
  }

  getModelAsString(): string {
    const chosen = this.#chosen;
    if (!chosen) return '';
    return (this.#params?.choices ?? [])
      .filter(({ value }) => chosen.has(value))
      .map(({ label }) => label)
      .join(', ');
  }

  #take(): void {
    const values = [...this.#boxes].filter(([, box]) => box.checked).map(([value]) => value);
    this.#chosen = values.length === 0 ? null : new Set(values);
    this.#params?.filterChangedCallback();
  }
}
