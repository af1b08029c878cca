/**
 * A piece of a statement: text with bound values in it. Values never become text here; the store's adapter
 * hands them to the engine as typed parameters. Parameters are named by position, so that the same question
 * prints the same statement, and equal values share one parameter.
 */
export type SqlType =
  | 'String'
  | 'UInt8'
  | 'UInt16'
  | 'UInt32'
  | 'UInt64'
  | 'Int32'
  | 'Int64'
  | 'Float64'
  | 'Date'
  | 'UUID'
  | "DateTime64(3, 'UTC')"
  | 'Array(String)'
  | 'Array(UInt8)'
  | 'Array(UInt16)'
  | 'Array(UInt32)'
  | 'Array(UInt64)'
  | 'Array(Int64)'
  | 'Array(UUID)';

export type SqlScalar = string | number | bigint;
export type SqlValue = SqlScalar | readonly SqlScalar[];

export interface BoundValue {
  readonly type: SqlType;
  readonly value: SqlValue;
}

export interface Fragment {
  readonly parts: readonly (string | BoundValue)[];
}

export interface Statement {
  readonly text: string;
  readonly params: Readonly<Record<string, BoundValue>>;
}

const isFragment = (piece: Fragment | BoundValue): piece is Fragment => 'parts' in piece;

/** A value for the engine to bind; the type is the engine's, written out. */
export const bind = (type: SqlType, value: SqlValue): BoundValue => ({ type, value });

/** Text that the program itself wrote: never anything that came from outside. */
export const raw = (text: string): Fragment => ({ parts: [text] });

/** A name of a column or table, quoted, so that even a hostile one is only a name. */
export const identifier = (name: string): Fragment =>
  raw(`\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``);

export const sql = (
  strings: TemplateStringsArray,
  ...pieces: readonly (Fragment | BoundValue)[]
): Fragment => {
  const parts: (string | BoundValue)[] = [];
  strings.forEach((text, index) => {
    parts.push(text);
    const piece = pieces[index];
    if (piece === undefined) return;
    if (isFragment(piece)) parts.push(...piece.parts);
    else parts.push(piece);
  });
  return { parts };
};

export const join = (fragments: readonly Fragment[], separator: string): Fragment => ({
  parts: fragments.flatMap((fragment, index) =>
    index === 0 ? fragment.parts : [separator, ...fragment.parts],
  ),
});

export const nothing: Fragment = { parts: [] };

const keyOf = ({ type, value }: BoundValue): string =>
  `${type}\u0000${Array.isArray(value) ? JSON.stringify(value.map(String)) : `${typeof value}:${String(value)}`}`;

/** Fragment → text with `{p1:Type}` placeholders and their values. Knows syntax only. */
export const print = (fragment: Fragment): Statement => {
  const names = new Map<string, string>();
  const params: Record<string, BoundValue> = {};
  let text = '';
  for (const part of fragment.parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const key = keyOf(part);
    let name = names.get(key);
    if (name === undefined) {
      name = `p${names.size + 1}`;
      names.set(key, name);
      params[name] = part;
    }
    text += `{${name}:${part.type}}`;
  }
  return { text, params };
};
