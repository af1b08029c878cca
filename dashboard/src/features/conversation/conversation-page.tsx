import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { conversationQuestion } from '../../api/questions.ts';
import { Page, PageHead } from '../../app/page.tsx';
import { Trouble } from '../../app/trouble.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { ConversationLead } from './conversation-lead.tsx';
import { ConversationView } from './conversation-view.tsx';

export const ConversationPage = () => {
  const { t } = useTranslation();
  const { id } = useWorkspace();
  const { conversation } = useParams({ from: '/w/$workspace/conversations/$conversation' });
  const { data, error, refetch } = useQuery(conversationQuestion(id, conversation));
  return (
    <Page
      name={conversation}
      bar={
        <Link to="/w/$workspace/conversations" params={{ workspace: id }}>
          {t('conversation.all')}
        </Link>
      }
    >
      {error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <PageHead title={<bdi>{conversation}</bdi>} lead={<ConversationLead row={data.conversation} />} />
          <ConversationView detail={data} />
        </>
      ) : null}
    </Page>
  );
};
