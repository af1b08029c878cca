import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { workspacesQuestion } from '../api/questions.ts';
import { Icon, type IconName, Logo } from '../design/icon.tsx';
import { FreshnessLine } from './freshness-line.tsx';
import { ReaderChoices } from './reader-choices.tsx';
import { useWorkspace } from './workspace-context.ts';

interface Screen {
  readonly to:
    | '/w/$workspace/scoreboard'
    | '/w/$workspace/conversations'
    | '/w/$workspace/policy'
    | '/w/$workspace/set-up';
  readonly icon: IconName;
  readonly text: string;
  /** A group begins here. */
  readonly isFirst?: boolean;
}

/** Only screens that exist: no link leads nowhere. */
const screens: readonly Screen[] = [
  { to: '/w/$workspace/scoreboard', icon: 'board', text: 'screens.scoreboard' },
  { to: '/w/$workspace/conversations', icon: 'conversations', text: 'screens.conversations', isFirst: true },
  { to: '/w/$workspace/policy', icon: 'policy', text: 'screens.policy', isFirst: true },
  { to: '/w/$workspace/set-up', icon: 'set_up', text: 'screens.set_up' },
];

const WorkspaceChoice = () => {
  const { t } = useTranslation();
  const { id, summary, zone } = useWorkspace();
  const { data } = useQuery(workspacesQuestion());
  const navigate = useNavigate();
  const others = data ?? [summary];
  const place = (
    <>
      <small>
        {t('rail.zone_and_currency', {
          zone: zone.split('/').at(-1)?.replaceAll('_', ' '),
          currency: summary.currency,
        })}
      </small>
      {summary.demo === true && <small className="simulated">{t('rail.simulated')}</small>}
    </>
  );
  if (others.length < 2) {
    return (
      <p className="workspace">
        <bdi>{summary.name}</bdi>
        {place}
      </p>
    );
  }
  return (
    <div className="workspace">
      <select
        className="pick"
        // A name in the other direction shows its beginning, not its end.
        dir="auto"
        aria-label={t('rail.workspace')}
        value={id}
        onChange={({ target }) =>
          void navigate({ to: '/w/$workspace/scoreboard', params: { workspace: target.value } })
        }
      >
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      {place}
    </div>
  );
};

export const Rail = ({ onLeave }: { readonly onLeave: () => void }) => {
  const { t } = useTranslation();
  const { id } = useWorkspace();
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <div className="brand">
        <Logo />
        <b>{t('product')}</b>
      </div>
      <WorkspaceChoice />
      <ul>
        {screens.map(({ to, icon, text, isFirst }) => (
          <li key={to} className={isFirst ? 'first' : undefined}>
            <Link
              to={to}
              params={{ workspace: id }}
              title={t(text)}
              onClick={onLeave}
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon name={icon} />
              <span>{t(text)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <ReaderChoices />
      <FreshnessLine workspace={id} />
    </nav>
  );
};
