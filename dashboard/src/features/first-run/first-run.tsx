import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReaderChoices } from '../../app/reader-choices.tsx';
import { usePageTitle } from '../../app/use-page-title.ts';
import { Logo } from '../../design/icon.tsx';
import { ConnectSource } from './connect-source.tsx';
import { ExploreDemo } from './explore-demo.tsx';
import './first-run.css';

type Choice = 'demo' | 'connect';

/** Nothing is here yet: look at a shop that is full, or bring your own bot. */
export const FirstRun = () => {
  const { t } = useTranslation();
  usePageTitle(t('first_run.title'));
  const [choice, setChoice] = useState<Choice | null>(null);
  return (
    <main className="first-run" id="page">
      <div className="brand">
        <Logo />
        <b>{t('product')}</b>
      </div>
      <h1>{t('first_run.title')}</h1>
      <p className="say">{t('first_run.say')}</p>
      <div className="first-choices">
        {choice === 'connect' ? null : <ExploreDemo onStart={() => setChoice('demo')} />}
        {choice === 'demo' ? null : <ConnectSource onStart={() => setChoice('connect')} />}
      </div>
      <ReaderChoices />
    </main>
  );
};
