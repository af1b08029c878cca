import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export const NotFound = () => {
  const { t } = useTranslation();
  return (
    <main className="page" id="page">
      <h1>{t('not_found.title')}</h1>
      <p>
        <Link to="/">{t('not_found.home')}</Link>
      </p>
    </main>
  );
};
