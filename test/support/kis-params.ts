/** Fields of a KIS call that will do: the examples of the catalogue, else a value of the field's own. */
import type { RequestField, RestApi } from '#core/catalogue/index.ts';

/** What a field holds where the catalogue gives no example. */
function someValue({ name, values, blank }: RequestField): string {
  const [code] = Object.keys(values ?? {}).filter((key) => !key.includes(':'));
  if (code !== undefined) return code;
  if (/DT$|DATE/.test(name)) return '20261102';
  return blank === true ? '' : '1';
}

/** All fields of an API as a first page asks for them; `account` "12345678-01" takes the place of the examples. */
export function exampleParams(api: RestApi, account = '12345678-01'): Readonly<Record<string, string>> {
  const [number = '', product = ''] = account.split('-');
  const keys = api.paging !== null && api.paging.kind !== 'time' ? api.paging.keys : [];
  const valueOf = (field: RequestField): string => {
    if (field.name === 'CANO') return number;
    if (field.name === 'ACNT_PRDT_CD') return product;
    if (field.name === 'QRY_TP') return 'Q';
    if (keys.includes(field.name.toUpperCase())) return '';
    return field.example ?? field.default ?? someValue(field);
  };
  return Object.fromEntries(
    api.request.filter(({ name }) => name !== '*').map((field) => [field.name, valueOf(field)]),
  );
}
