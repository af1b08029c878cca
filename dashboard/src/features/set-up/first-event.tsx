import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { freshnessQuestion } from '../../api/questions.ts';
import { useReader } from '../../app/reader.ts';
import { Say } from '../../app/say.tsx';
import { Icon } from '../../design/icon.tsx';

const WATCH_EVERY_MS = 1_000;

/** Watches for the first event, so that whoever pasted a snippet sees it arrive. */
export const FirstEvent = ({ workspace }: { readonly workspace: string }) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  const { data } = useQuery(freshnessQuestion(workspace, WATCH_EVERY_MS));
  const arrived = data?.acknowledged ?? 0;
  return (
    <div className="first-event">
      <p role="status" className="note">
        {arrived > 0 ? <Icon name="check" /> : <i className="pulse waiting" />}
        <span>
          {arrived > 0 ? (
            <Say k="set_up.arrived" count={arrived} v={{ n: numbers.count(arrived) }} />
          ) : (
            t('set_up.waiting')
          )}
        </span>
      </p>
      {arrived > 0 ? (
        <Link className="btn solid" to="/w/$workspace/scoreboard" params={{ workspace }}>
          {t('set_up.to_board')}
        </Link>
      ) : null}
    </div>
  );
};
