type Items = Readonly<Record<string, { readonly sql: string }>>;

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/\w+/g));

/**
 * Expressions that name each other, in layers: each names only what stands below it. The engine copies an alias
 * into every place that names it, so that one flat list of forty would take it seconds to read.
 */
const layersOf = (items: Items): (readonly (readonly [name: string, sql: string])[])[] => {
  const names = Object.keys(items);
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    depths.set(name, 0);
    const words = wordsOf(items[name]?.sql ?? '');
    const below = names.filter((other) => other !== name && words.has(other)).map(depthOf);
    const depth = below.length === 0 ? 0 : Math.max(...below) + 1;
    depths.set(name, depth);
    return depth;
  };
  const layers: (readonly [string, string])[][] = [];
  for (const name of names) {
    const depth = depthOf(name);
    layers[depth] ??= [];
    layers[depth].push([name, items[name]?.sql ?? '']);
  }
  return layers;
};

/** Of these names, the ones that the expressions read. */
export const namesRead = (names: readonly string[], items: Items): string[] => {
  const read = new Set(Object.values(items).flatMap(({ sql }) => [...wordsOf(sql)]));
  return names.filter((name) => read.has(name));
};

/** These names, and all that their expressions read. */
export const withAllRead = (names: Iterable<string>, items: Items): ReadonlySet<string> => {
  const all = new Set(names);
  // A set that grows while it is walked is walked to its end.
  for (const name of all)
    for (const word of wordsOf(items[name]?.sql ?? '')) if (Object.hasOwn(items, word)) all.add(word);
  return all;
};

/**
 * For each layer, from the lowest, what it selects: names from below as they are, and its own. Only what is wanted
 * at the end or read further up: a column that is handed through seven layers is paid for seven times.
 */
export const selectedLayers = (
  base: readonly string[],
  items: Items,
  wanted: readonly string[],
): (readonly { readonly name: string; readonly sql?: string }[])[] => {
  const layers = layersOf(items);
  const result: { name: string; sql?: string }[][] = [];
  let needed = new Set(wanted);
  for (let depth = layers.length - 1; depth >= 0; depth -= 1) {
    const own = (layers[depth] ?? []).filter(([name]) => needed.has(name));
    const ownNames = new Set(own.map(([name]) => name));
    const below = [...base, ...layers.slice(0, depth).flatMap((layer) => layer.map(([name]) => name))];
    const through = below.filter((name) => needed.has(name) && !ownNames.has(name));
    result.unshift([...through.map((name) => ({ name })), ...own.map(([name, sql]) => ({ name, sql }))]);
    const words = new Set(own.flatMap(([, sql]) => [...wordsOf(sql)]));
    needed = new Set([...through, ...below.filter((name) => words.has(name))]);
  }
  return result;
};
