import { z } from 'zod';

type AnySchema = z.core.$ZodType;

/** The schema under defaults, nullables and pipes. */
const bare = (schema: AnySchema): AnySchema => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return bare(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? bare(schema.def.in) : schema;
};

const child = (schema: AnySchema, step: PropertyKey): AnySchema | undefined => {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject)
    return Object.hasOwn(inner.shape, step) ? inner.shape[String(step)] : undefined;
  if (inner instanceof z.ZodRecord) return inner.valueType;
  return inner instanceof z.ZodArray ? inner.element : undefined;
};

/** The right names at a place of a schema; empty where any name is right. */
export const keysAt = (schema: AnySchema, path: readonly PropertyKey[]): readonly string[] => {
  let here: AnySchema | undefined = schema;
  for (const step of path) here = here && child(here, step);
  const inner = here && bare(here);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
};

export const isList = (schema: AnySchema): boolean => bare(schema) instanceof z.ZodArray;
