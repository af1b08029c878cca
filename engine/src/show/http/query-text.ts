import { readFilter } from '@botworth/contract/filter-text';
import { asOfInstant, type Filter, querySchema } from '@botworth/contract/query';
import { z } from 'zod';
import { fail } from '../../base/app-error.ts';

/** Whole and small enough that it stays whole as a number. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

/** A plus sign that was not escaped in the address arrives as a space. */
const instant = z
  .string()
  .transform((text) => text.replace(/ (?=\d\d:?\d\d$)/, '+'))
  .pipe(asOfInstant);

const filterWord = z
  .string()
  .max(20_000)
  .meta({ description: '`cut:a,b` is any of, `!cut:a,b` none of; a comma inside a value is written `\\,`.' });

/** What a question in an address may hold. The catalogue checks the names, here the form is checked. */
export const questionShape = {
  from: querySchema.shape.from,
  to: querySchema.shape.to,
  by: z
    .array(z.string().max(100))
    .max(3)
    .default([])
    .meta({ description: 'A cut; repeat for more. At most two beside a time grain.' }),
  where: z
    .array(filterWord)
    .max(20)
    .default([])
    .meta({ description: 'A filter; repeat for more, all must hold.' }),
  compare: querySchema.shape.compare,
  policy: wholeNumber(1, 999_999_999)
    .optional()
    .meta({ description: 'Ask under this version of the policy; absent: the newest.' }),
  people: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description: 'Whether people stand beside every conversation count.' }),
  as_of: instant.optional().meta({ description: 'Judge maturity as of this instant; absent: now.' }),
};

const conditionOf = (text: string): Filter =>
  readFilter(text) ??
  fail(
    'query_invalid',
    `The filter "${text.slice(0, 100)}" cannot be read: write where=intent:billing,refund or where=!intent:billing.`,
    {
      path: 'where',
      value: text.slice(0, 100),
    },
  );

type Whole = z.output<z.ZodObject<typeof questionShape>>;
type QuestionText = { readonly [Name in keyof Whole]?: Whole[Name] | undefined };

/** The same question as a body of POST …/query would hold it, without its metrics. */
export const questionOf = ({ where = [], ...rest }: QuestionText): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  where: where.map(conditionOf),
});
