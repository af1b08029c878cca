/**
 * Expressions that name each other, in layers: each names only what stands below it. The engine copies an alias
 * into every place that names it, so that one flat list of forty would take it seconds to read.
 */
export const layersOf = (
  items: Readonly<Record<string, { readonly sql: string }>>,
): (readonly (readonly [name: string, sql: string])[])[] => {
  const names = Object.keys(items);
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    depths.set(name, 0);
    const words = new Set(items[name]?.sql.match(/\w+/g));
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
