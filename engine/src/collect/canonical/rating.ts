import { vocabulary } from '@botworth/contract/vocabulary';
import { type Fields, readNumber } from '../validate/read-value.ts';
import { type Note, refuse } from '../validate/refusal.ts';
import { squeeze } from './event-name.ts';

export interface Rating {
  readonly score: number;
  /** Upper end of the scale; 0 = none sent. */
  readonly scale: number;
  readonly thumb: 'up' | 'down' | undefined;
}

const NONE: Rating = { score: 0, scale: 0, thumb: undefined };

const up = new Set(['up', 'thumbsup', 'thumbup', 'positive', 'good', 'helpful', 'like', 'yes', 'true', '1']);
const down = new Set([
  'down',
  'thumbsdown',
  'thumbdown',
  'negative',
  'bad',
  'nothelpful',
  'unhelpful',
  'dislike',
  'no',
  'false',
  '0',
  '-1',
]);

const readThumb = (properties: Fields, note: Note): Rating => {
  const sent = properties.rating ?? properties.value ?? properties.score;
  const word =
    typeof sent === 'string' || typeof sent === 'number' || typeof sent === 'boolean'
      ? String(sent).trim()
      : '';
  const plain = word === '-1' ? word : squeeze(word);
  if (up.has(plain)) return { score: 1, scale: 0, thumb: 'up' };
  if (down.has(plain)) return { score: 0, scale: 0, thumb: 'down' };
  refuse(note, 'wrong_type', 'properties.rating', 'properties.rating must be up or down');
  return NONE;
};

/** Float32 keeps such scores exactly enough; a larger one is no rating. */
const LARGEST_SCORE = 1_000_000;
const LARGEST_SCALE = 65_535;

const scored: ReadonlySet<number> = new Set([
  vocabulary.csat_submitted.code,
  vocabulary.ces_submitted.code,
  vocabulary.brand_survey_submitted.code,
]);

export const readRating = (code: number, properties: Fields, note: Note): Rating => {
  if (code === vocabulary.answer_rated.code) return readThumb(properties, note);
  if (!scored.has(code)) return NONE;
  const score = readNumber(
    properties.score ?? properties.rating,
    'properties.score',
    -LARGEST_SCORE,
    LARGEST_SCORE,
    note,
  );
  if (score === undefined)
    refuse(note, 'wrong_type', 'properties.score', 'properties.score is missing: a rating needs its number');
  const scale = readNumber(properties.scale, 'properties.scale', 1, LARGEST_SCALE, note) ?? 0;
  if (!Number.isInteger(scale))
    refuse(
      note,
      'wrong_type',
      'properties.scale',
      'properties.scale must be a whole number, the upper end of the scale',
    );
  if (
    code === vocabulary.csat_submitted.code &&
    score !== undefined &&
    scale > 0 &&
    (score < 0 || score > scale)
  )
    refuse(
      note,
      'wrong_type',
      'properties.score',
      `properties.score must lie between 0 and the scale, ${scale}`,
    );
  return { score: score ?? 0, scale, thumb: undefined };
};
