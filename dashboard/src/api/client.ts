import type { ErrorBody } from '@botworth/contract/errors';

/** An answer that is not what was asked for. `status` 0: no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;

  constructor(status: number, code: string, message: string, requestId: string | null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof body.error === 'object' &&
  body.error !== null &&
  'code' in body.error;

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return null;
  }
};

const toError = async (response: Response): Promise<ApiError> => {
  const body = await readJson(response);
  const requestId = response.headers.get('x-request-id');
  if (isErrorBody(body)) return new ApiError(response.status, body.error.code, body.error.message, requestId);
  return new ApiError(response.status, `http_${response.status}`, response.statusText, requestId);
};

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Speaks to the engine that served the page. The answer's shape is the contract's, which both sides are built from. */
export const call = async <Answer>(
  path: string,
  { method = 'GET', body, signal }: Call = {},
): Promise<Answer> => {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', '', null);
  }
  if (!response.ok) throw await toError(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
};

/** A repeated name for each value of a list; what is absent is left out. */
export const searchText = (
  pairs: Readonly<Record<string, string | number | readonly string[] | null | undefined>>,
): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(pairs)) {
    if (value === undefined || value === null) continue;
    for (const one of typeof value === 'object' ? value : [String(value)]) search.append(name, one);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};
