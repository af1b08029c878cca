import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';

/**
 * What went wrong, as a reader can use it. The word list has the codes that anybody can meet; about a request that
 * was wrong only the server knows more, and it speaks English.
 */
export const ErrorWords = ({ error }: { readonly error: Error }) => {
  const { t, i18n } = useTranslation();
  // Only the server speaks to the reader; what a script threw is for its console.
  if (!(error instanceof ApiError)) return t('trouble.unknown');
  if (error.status === 0) return t('trouble.unreachable');
  if (i18n.exists(`trouble.code.${error.code}`)) return t(`trouble.code.${error.code}`);
  if (error.message === '') return t('trouble.unknown');
  return (
    <span lang="en" dir="ltr">
      {error.message}
    </span>
  );
};
