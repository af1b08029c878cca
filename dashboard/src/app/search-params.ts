export type Search = Readonly<Record<string, string | readonly string[]>>;

/** `?week=2026-04-27&where=a&where=b`: plain text, a list where a name repeats. Nothing is read as JSON. */
export const parseSearch = (text: string): Search => {
  const search: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const known = search[name];
    if (known === undefined) search[name] = value;
    else search[name] = [...(typeof known === 'string' ? [known] : known), value];
  }
  return search;
};

export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (typeof one === 'string' && one !== '') params.append(name, one);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

export const oneText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
