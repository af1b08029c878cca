import type { ConversationRow } from '@botworth/contract/api';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';

/** What, where and when in one line. */
export const ConversationLead = ({ row }: { readonly row: ConversationRow }) => {
  const { t } = useTranslation();
  const { dates } = useReader();
  const { zone } = useWorkspace();
  return (
    <>
      <bdi>{row.intent === '' ? t('rows.no_intent') : row.intent}</bdi>
      {t('joint')}
      {t(`channel.${row.channel}`, { defaultValue: row.channel })}
      {t('joint')}
      <Num>{dates(zone).instant(row.started_at)}</Num>
    </>
  );
};
