/** One line of the table and of results.json. */
export interface Row {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it was measured against in the same run, in the same unit. */
  readonly against: { readonly what: string; readonly value: number } | null;
  /** value / against. */
  readonly ratio: number | null;
  readonly target: string | null;
  /** Null where nothing was asked for. */
  readonly meets: boolean | null;
}

interface Measured {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly against?: Row['against'];
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly ratioAtMost?: number;
  readonly ratioAtLeast?: number;
}

const round = (value: number): number => Number(value.toPrecision(4));

export const row = (measured: Measured): Row => {
  const { id, what, value, unit, against = null, atMost, atLeast, ratioAtMost, ratioAtLeast } = measured;
  const ratio = against === null || against.value === 0 ? null : value / against.value;
  const wishes: [text: string, meets: boolean][] = [];
  if (atMost !== undefined) wishes.push([`≤ ${atMost.toLocaleString('en')} ${unit}`, value <= atMost]);
  if (atLeast !== undefined) wishes.push([`≥ ${atLeast.toLocaleString('en')} ${unit}`, value >= atLeast]);
  if (ratioAtMost !== undefined)
    wishes.push([`≤ ${ratioAtMost} × ${against?.what ?? ''}`, ratio !== null && ratio <= ratioAtMost]);
  if (ratioAtLeast !== undefined)
    wishes.push([`≥ ${ratioAtLeast} × ${against?.what ?? ''}`, ratio !== null && ratio >= ratioAtLeast]);
  return {
    id,
    what,
    value: round(value),
    unit,
    against: against === null ? null : { what: against.what, value: round(against.value) },
    ratio: ratio === null ? null : round(ratio),
    target: wishes.length === 0 ? null : wishes.map(([text]) => text).join(' and '),
    meets: wishes.length === 0 ? null : wishes.every(([, meets]) => meets),
  };
};

const verdictOf = ({ meets }: Row): string => {
  if (meets === null) return '';
  return meets ? 'yes' : 'NO';
};

const columnsOf = (each: Row): string[] => [
  each.id,
  each.what,
  `${each.value.toLocaleString('en')} ${each.unit}`,
  each.against === null ? '' : `${each.against.what}: ${each.against.value.toLocaleString('en')}`,
  each.ratio === null ? '' : String(each.ratio),
  each.target ?? '',
  verdictOf(each),
];

export const tableOf = (rows: readonly Row[]): string => {
  const lines = [['id', 'what', 'measured', 'against', 'ratio', 'target', 'met'], ...rows.map(columnsOf)];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
