import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from '../design/icon.tsx';
import { usePageTitle } from './use-page-title.ts';
import './enter-page.css';

export const NotFound = () => {
  const { t } = useTranslation();
  usePageTitle(t('not_found.title'));
  return (
    <main className="enter" id="page">
      <div className="brand">
        <Logo />
        <b>{t('product')}</b>
      </div>
      <h1>{t('not_found.title')}</h1>
      <p>
        <Link to="/">{t('not_found.home')}</Link>
      </p>
    </main>
  );
};
