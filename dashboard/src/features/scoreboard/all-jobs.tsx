import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../app/workspace-context.ts';

/** A board shows one job only; a figure that no job can be asked of says that it covers them all. */
export const AllJobs = ({ metric }: { readonly metric: string }) => {
  const { t } = useTranslation();
  const { declarations } = useWorkspace();
  const declaration = declarations.get(metric);
  if (declaration === undefined || declaration.cuts.some((cut) => cut === 'job')) return null;
  return (
    <span className="dim" title={t('scoreboard.all_jobs_why')}>
      {t('scoreboard.all_jobs')}
    </span>
  );
};
