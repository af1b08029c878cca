import { hash64 } from '../../base/hash.ts';
import { smallTalkPhrases } from './small-talk.data.ts';

const ASCII = /^[\0-\x7f]*$/;
const ASCII_DROPPED = /[^a-z0-9$+<=>^`|~]+/g;
const DROPPED = /[\p{P}\p{Z}\p{Cc}\p{Cf}]+/gu;

/** NFKC, lower case, without punctuation and spaces: two messages that differ in nothing else are the same message. */
export const normaliseText = (text: string): string =>
  ASCII.test(text)
    ? text.toLowerCase().replace(ASCII_DROPPED, '')
    : text.normalize('NFKC').toLowerCase().replace(DROPPED, '');

/** Under three characters (code points) a repetition says nothing. */
const hasThree = (normal: string): boolean => normal.length >= 6 || [...normal].length >= 3;

/** 0n for a text too short to be compared. */
export const repeatHash = (normal: string): bigint => (hasThree(normal) ? hash64(normal) : 0n);

const phrases = new Set(smallTalkPhrases.map(normaliseText));

/** Only a greeting, thanks or an acknowledgement, by its words. */
export const isSmallTalk = (normal: string): boolean => phrases.has(normal);
