import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { conversationQuestion } from '../../api/questions.ts';
import { Trouble } from '../../app/trouble.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { Icon } from '../../design/icon.tsx';
import { ConversationLead } from '../conversation/conversation-lead.tsx';
import { ConversationView } from '../conversation/conversation-view.tsx';
import { useMetricWords } from '../figure/metric-words.ts';
import { Drawer } from './drawer.tsx';

/** One conversation of a figure, in the same drawer; back leads to the list. */
export const ConversationDrawer = () => {
  const { t } = useTranslation();
  const { id, declarations } = useWorkspace();
  const { metric, conversation } = useParams({ from: '/w/$workspace/scoreboard/$metric/$conversation' });
  const { part, ...search } = useSearch({ from: '/w/$workspace/scoreboard/$metric/$conversation' });
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(conversationQuestion(id, conversation));
  const { name } = useMetricWords(metric, declarations.get(metric));
  const back = {
    to: '/w/$workspace/scoreboard/$metric' as const,
    params: { workspace: id, metric },
    search: part === undefined ? search : { ...search, part },
  };
  return (
    <Drawer
      title={data ? <ConversationLead row={data.conversation} /> : t('conversation.title')}
      about={<bdi>{conversation}</bdi>}
      onClose={() => void navigate(back)}
    >
      <p className="drawer-path">
        <Link {...back}>
          <Icon name="forward" isBack />
          <span>{t('conversation.back', { name })}</span>
        </Link>
        <Link to="/w/$workspace/conversations/$conversation" params={{ workspace: id, conversation }}>
          {t('conversation.own_page')}
        </Link>
      </p>
      <div className="drawer-body">
        {error ? (
          <Trouble error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <ConversationView detail={data} />
        ) : (
          <p className="dim">{t('loading')}</p>
        )}
      </div>
    </Drawer>
  );
};
