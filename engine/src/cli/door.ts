import type { ErrorBody } from '@botworth/contract/errors';

/** The product as the command line reaches it: the same calls whether a server runs or the stores are opened here. */
export interface Door {
  /** Null: no server runs, the stores were opened here. */
  readonly url: string | null;
  /** `path` and answer as in the reference. */
  request(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response>;
  close(): Promise<void>;
}

/** What the server refused, in its own sentence. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, body: ErrorBody['error']) {
    super(body.message);
    this.name = 'Refused';
    this.code = body.code;
    this.status = status;
  }
}

export const ask = async <Answer>(
  door: Door,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Answer> => {
  const response = await door.request(method, path, body);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(response.status, (answer as ErrorBody).error);
  return answer as Answer;
};
