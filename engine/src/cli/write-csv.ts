export type Cell = string | number | boolean | null | undefined;

/** A text that a spreadsheet would run as a formula is kept from it by an apostrophe, as spreadsheets themselves do. */
const disarmed = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const plainCell = (value: Cell): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? quoted(disarmed(value)) : String(value);
};

/**
 * Texts that a spreadsheet reads as something else: an id of digits alone is a number, of which it keeps fifteen, one
 * with an e in it a power of ten, and two short numbers a date. Whole dates are dates and stay.
 */
const misread = /^([+-]?\d[\d\s.,]*(e[+-]?\d+)?|\d{1,2}[-/]\d{1,2}([-/]\d{2,4})?)$/i;
/** Longer texts may not stand in a formula. */
const LONGEST_LITERAL = 255;

/** As a formula that is the text: Excel, LibreOffice and Google Sheets leave that as it was. */
const spreadsheetCell = (value: Cell): string => {
  if (typeof value !== 'string' || value.length > LONGEST_LITERAL || /[\r\n]/.test(value))
    return plainCell(value);
  if (!misread.test(value) && disarmed(value) === value) return plainCell(value);
  return quoted(`="${value.replaceAll('"', '""')}"`);
};

export interface CsvForm {
  /** Before the first line. */
  readonly start: string;
  /** RFC 4180, with the line ends that it asks for. */
  line(cells: readonly Cell[]): string;
}

const formOf = (start: string, cell: (value: Cell) => string): CsvForm => ({
  start,
  line: (cells) => `${cells.map(cell).join(',')}\r\n`,
});

/** For programs: every id as it is. */
export const plainCsv = formOf('', plainCell);

/** To be opened in a spreadsheet; by the mark at its start that knows the text as UTF-8. */
export const spreadsheetCsv = formOf('\ufeff', spreadsheetCell);
