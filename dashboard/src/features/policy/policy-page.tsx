import type { PolicyVersion } from '@botworth/contract/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { policyVersionsQuestion } from '../../api/questions.ts';
import { Page, PageHead } from '../../app/page.tsx';
import { useReader } from '../../app/reader.ts';
import { Num, Say } from '../../app/say.tsx';
import { Trouble } from '../../app/trouble.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { PolicyDocumentView } from './policy-document-view.tsx';
import './policy-page.css';

/** Written by the product itself, not by a person: said in the reader's language. */
const ownAuthors = {
  system: 'system',
  browser: 'browser',
  'admin token': 'admin',
  'command line': 'command_line',
};
const ownReasons = { defaults: 'defaults' };

const keyOf = (own: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.hasOwn(own, text) ? own[text] : undefined;

const Provenance = ({ author, reason }: PolicyVersion) => {
  const { t } = useTranslation();
  const authorKey = keyOf(ownAuthors, author);
  const reasonKey = keyOf(ownReasons, reason);
  return (
    <>
      {author === '' ? null : (
        <bdi className="dim">{authorKey === undefined ? author : t(`policy.author.${authorKey}`)}</bdi>
      )}
      {reason === '' ? null : <bdi>{reasonKey === undefined ? reason : t(`policy.reason.${reasonKey}`)}</bdi>}
    </>
  );
};

/** The rules behind every figure. A version never changes; editing is a version of its own. */
export const PolicyPage = () => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { id, policy, zone } = useWorkspace();
  const [chosen, setChosen] = useState<number | null>(null);
  const { data, error, refetch } = useQuery(policyVersionsQuestion(id));
  const versions: readonly PolicyVersion[] = data ?? [policy];
  const shown = versions.find(({ version }) => version === chosen) ?? versions[0] ?? policy;
  return (
    <Page name={t('screens.policy')}>
      <PageHead
        title={t('screens.policy')}
        lead={
          <Say
            k="policy.lead"
            v={{ version: numbers.count(shown.version), day: dates(zone).instant(shown.created_at) }}
          />
        }
      />
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : null}
      <div className="policy">
        <PolicyDocumentView document={shown.document} />
        <aside aria-labelledby="policy-versions">
          <h2 id="policy-versions">{t('policy.versions')}</h2>
          <ul className="versions">
            {versions.map((one) => (
              <li key={one.version}>
                <button
                  type="button"
                  aria-pressed={one.version === shown.version}
                  onClick={() => setChosen(one.version)}
                >
                  <span>
                    <Say k="policy.version" v={{ version: <Num strong>{numbers.count(one.version)}</Num> }} />
                  </span>
                  <span className="dim">
                    <Num>{dates(zone).instant(one.created_at)}</Num>
                  </span>
                  <Provenance {...one} />
                </button>
              </li>
            ))}
          </ul>
        </aside>
      </div>
    </Page>
  );
};
