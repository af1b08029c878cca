import { limits } from '@botworth/contract/limits';
import { intentByName, intentKey } from '@botworth/contract/taxonomy';
import { type Fields, fieldsOf, hint, isFields, readDimension, readNumber } from '../validate/read-value.ts';
import { type Note, refuse } from '../validate/refusal.ts';

const TAG = /^([a-z]{2,3})(?:[-_][a-z0-9-_]+)?$/i;

/** `en-US`, `en_GB` and `EN` are one language in a cut; the full tag stays in the payload. */
const language = (sent: string): string => TAG.exec(sent)?.[1]?.toLowerCase() ?? sent;

/** ISO 3166 codes are written in capitals; names stay as sent. */
export const country = (sent: string): string => (/^[a-z]{2}$/i.test(sent) ? sent.toUpperCase() : sent);

export const readLanguage = (properties: Fields, context: Fields, note: Note): string =>
  language(readDimension(properties.language, 'properties.language', note) || hint(context.locale));

export const readCountry = (properties: Fields, context: Fields, note: Note): string =>
  country(
    readDimension(properties.country, 'properties.country', note) || hint(fieldsOf(context.location).country),
  );

export interface Intent {
  readonly name: string;
  /** 0 to 1; -1 = none sent. */
  readonly confidence: number;
}

const NO_INTENT: Intent = { name: '', confidence: -1 };

/** `intent: "x"` with `intent_confidence` or `confidence` beside it, or `intent: {name, confidence}` as platforms send it. */
export const readIntent = (properties: Fields, note: Note): Intent => {
  const sent = properties.intent;
  if (sent === undefined || sent === null || sent === '') return NO_INTENT;
  const nested = isFields(sent) ? sent : undefined;
  const name = readDimension(
    nested === undefined ? sent : (nested.name ?? nested.id),
    'properties.intent',
    note,
  );
  const confidence = nested?.confidence ?? properties.intent_confidence ?? properties.confidence;
  return { name, confidence: readNumber(confidence, 'properties.intent_confidence', 0, 1, note) ?? -1 };
};

const CACHE_INTENTS = 2000;
const known = new Map<string, string>();

/** Id in the taxonomy, by name or alias; '' for every other name. The workspace's own map is the fold's. */
export const taxonomyIntent = (sent: string): string => {
  // One over the limit is refused with its event, and must not stay here.
  if (sent === '' || sent.length > limits.dimensionChars) return '';
  const found = known.get(sent);
  if (found !== undefined) return found;
  const id = intentByName.get(intentKey(sent)) ?? '';
  if (known.size >= CACHE_INTENTS) known.clear();
  known.set(sent, id);
  return id;
};

/** `experiment:arm`; several, sorted, with commas. A bare arm stays as it is. */
export const readVariant = (properties: Fields, note: Note): string => {
  const sent = properties.variant;
  if (sent === undefined || sent === null) return '';
  if (!isFields(sent)) {
    const arm = readDimension(sent, 'properties.variant', note);
    const experiment = readDimension(properties.experiment, 'properties.experiment', note);
    return experiment === '' || arm === '' ? arm : withinLimit(`${experiment}:${arm}`, note);
  }
  const pairs = Object.keys(sent)
    .sort()
    .map((experiment) => `${experiment}:${readDimension(sent[experiment], 'properties.variant', note)}`);
  return withinLimit(pairs.join(','), note);
};

const withinLimit = (text: string, note: Note): string => {
  if (text.length > limits.dimensionChars)
    refuse(
      note,
      'too_long',
      'properties.variant',
      `properties.variant is longer than ${limits.dimensionChars} characters`,
    );
  return text;
};
