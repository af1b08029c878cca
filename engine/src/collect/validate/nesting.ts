/** Smaller bodies nest as they like: parsing one of nothing but brackets takes some milliseconds. */
const HARMLESS_CHARS = 256 * 1024;
/** Far more than an event may nest, so that a body refused for it is an attack or no JSON. */
const LEVELS = 1000;

const nests = (text: string, skipStrings: boolean): boolean => {
  let level = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === 0x5b || code === 0x7b) {
      level += 1;
      if (level > LEVELS) return true;
    } else if (code === 0x5d || code === 0x7d) {
      level -= 1;
    } else if (code === 0x22 && skipStrings) {
      place += 1;
      for (
        let inner = text.charCodeAt(place);
        inner !== 0x22 && place < text.length;
        inner = text.charCodeAt(place)
      ) {
        place += inner === 0x5c ? 2 : 1;
      }
    }
  }
  return false;
};

/**
 * True for a large body that nests without end: parsing 4 MB of brackets holds up everybody for a second. Brackets in
 * strings are told apart only where it matters.
 */
export const nestsWithoutEnd = (text: string): boolean =>
  text.length > HARMLESS_CHARS && nests(text, false) && nests(text, true);
