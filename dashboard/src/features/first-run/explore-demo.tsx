import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ApiError, call } from '../../api/client.ts';
import { demoQuestion } from '../../api/questions.ts';
import { useReader } from '../../app/reader.ts';
import { Say } from '../../app/say.tsx';
import { Trouble } from '../../app/trouble.tsx';

/** Fills a shop with simulated conversations through the same door as real ones, and says how far it has come. */
export const ExploreDemo = ({ onStart }: { readonly onStart: () => void }) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  const client = useQueryClient();
  const begin = useMutation<unknown, ApiError>({
    mutationFn: () => call('/api/demo', { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['demo'] }),
  });
  const demo = useQuery(demoQuestion(true));
  const state = demo.data?.state ?? 'none';
  const workspace = demo.data?.workspace_id;
  if (begin.isSuccess && state === 'ready' && workspace) {
    return <Navigate to="/w/$workspace/scoreboard" params={{ workspace }} replace />;
  }
  const isRunning = state === 'running' || (begin.isSuccess && state === 'none');
  return (
    <section aria-labelledby="explore-demo">
      <h2 id="explore-demo">{t('first_run.demo.title')}</h2>
      <p>{t('first_run.demo.say')}</p>
      {begin.error ? <Trouble error={begin.error} /> : null}
      {state === 'failed' ? <p className="note bad">{t('first_run.demo.failed')}</p> : null}
      {isRunning ? (
        <div role="status">
          <progress max={1} value={demo.data?.progress ?? 0} aria-label={t('first_run.demo.title')} />
          <p>
            <Say k="first_run.demo.progress" v={{ share: numbers.percent(demo.data?.progress ?? 0, 0) }} />
          </p>
        </div>
      ) : (
        <button
          type="button"
          className="btn solid"
          disabled={begin.isPending}
          onClick={() => {
            onStart();
            begin.mutate();
          }}
        >
          {t('first_run.demo.go')}
        </button>
      )}
    </section>
  );
};
