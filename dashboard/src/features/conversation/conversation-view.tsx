import type { ConversationDetail } from '@botworth/contract/api';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Say } from '../../app/say.tsx';
import { Transcript } from './transcript.tsx';
import { VerdictList } from './verdict-list.tsx';
import './conversation-view.css';

/** What was said, and beside it what was decided about it and why. */
export const ConversationView = ({ detail }: { readonly detail: ConversationDetail }) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  return (
    <div className="conversation">
      <section aria-label={t('conversation.transcript')}>
        <h2 className="unseen">{t('conversation.transcript')}</h2>
        <Transcript events={detail.events} />
        <p className="dim">
          <Say
            k="conversation.events"
            count={detail.events.length}
            v={{ n: numbers.count(detail.events.length) }}
          />
        </p>
      </section>
      <section aria-label={t('conversation.verdicts')} className="verdicts">
        <h2>{t('conversation.verdicts')}</h2>
        <VerdictList verdicts={detail.verdicts} />
        <p className="dim">
          <Say k="explain.policy" v={{ version: numbers.count(detail.policy) }} />
        </p>
      </section>
    </div>
  );
};
