/** Control characters, line separators and changes of the writing direction: a terminal obeys them. */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** What a sender wrote, to be read and not to be obeyed. */
export const visibleText = (text: string): string =>
  text.replace(obeyed, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Columns as wide as their widest cell; numbers stand at the right. */
export const textTable = (titles: readonly string[], cells: readonly (readonly string[])[]): string => {
  const head = titles.map(visibleText);
  const rows = cells.map((row) => row.map(visibleText));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[\d\s.,%–−/()…—-]*$/.test(row[column] ?? '')),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) =>
        isNumber[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)]
    .map((text) => `${text}\n`)
    .join('');
};
