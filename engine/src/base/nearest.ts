/** Edits from one word to another (insert, delete, replace, swap of neighbours), as far as `most`. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
};

/** The names that somebody may have meant, best first; those that contain the word come early too. */
export const nearest = (wrong: string, right: readonly string[], most = 3): string[] => {
  // A hostile name may be a megabyte long; past this nothing near can exist.
  const asked = wrong.slice(0, 64).toLowerCase();
  return right
    .map((name) => {
      const edits = distance(asked, name.toLowerCase());
      const contained = asked.length >= 3 && (name.includes(asked) || asked.includes(name));
      return { name, score: contained ? Math.min(edits, 2) : edits };
    })
    .filter(({ name, score }) => score <= Math.max(2, Math.ceil(name.length / 2)))
    .sort((one, other) => one.score - other.score || one.name.localeCompare(other.name, 'en'))
    .slice(0, most)
    .map(({ name }) => name);
};
