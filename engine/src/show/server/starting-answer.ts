import { AppError } from '../../base/app-error.ts';
import { errorAnswer } from '../http/error-answer.ts';

/** What the http server calls for every request; the second argument is the connection's own. */
export type FetchCallback = (request: Request, env: unknown) => Response | Promise<Response>;

/** While the stores open: alive, not ready; senders wait and try again, which a refused connection may not tell them. */
export const startingAnswer: FetchCallback = (request) => {
  if (new URL(request.url).pathname === '/healthz') return Response.json({ status: 'ok' });
  const { status, headers, body } = errorAnswer(
    new AppError('storage_unavailable', 'The server is starting: its stores are being opened.'),
    '',
  );
  return Response.json(body, { status, headers });
};
