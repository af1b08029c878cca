import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { ErrorWords } from './error-words.tsx';
import { type Language, languages } from './languages.ts';
import { putOnStage, type Stage } from './stage-for-test.tsx';

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

const say = async (error: Error, language: Language): Promise<HTMLElement> => {
  stage = await putOnStage(<ErrorWords error={error} />, language);
  return stage.box;
};

describe('an error', () => {
  it.each(languages)(
    'that anybody can meet is said in %s, without a word of the server',
    async (language) => {
      const box = await say(new ApiError(422, 'query_too_heavy', 'It ran past 10 s.', null), language);
      expect(box.textContent).not.toContain('It ran past');
      expect(box.textContent).not.toContain('trouble.');
      expect(box.querySelector('[lang]')).toBeNull();
    },
  );

  it('about a wrong request is the sentence of the server, marked as the English that it is', async () => {
    const box = await say(new ApiError(400, 'body_invalid', 'currency: three letters.', null), 'ar');
    const said = box.querySelector('[lang="en"]');
    expect(said?.textContent).toBe('currency: three letters.');
    expect(said?.getAttribute('dir')).toBe('ltr');
  });

  it('of a script is not shown to the reader', async () => {
    const box = await say(new Error('x is undefined'), 'en');
    expect(box.textContent).toBe('This could not be shown. Your data is safe.');
  });
});
