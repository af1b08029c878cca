import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from './use-page-title.ts';

export const NotFound = () => {
  const { t } = useTranslation();
  usePageTitle(t('not_found.title'));
  return (
    <main className="page" id="page">
      <h1>{t('not_found.title')}</h1>
      <p>
        <Link to="/">{t('not_found.home')}</Link>
      </p>
    </main>
  );
};
