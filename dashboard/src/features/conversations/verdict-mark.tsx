import type { ConversationRow } from '@botworth/contract/api';
import { useTranslation } from 'react-i18next';

const inks: Readonly<Record<string, string>> = {
  confirmed: 'ink-known',
  assumed: 'ink-assumed',
  pending: 'ink-open',
  unresolved: 'ink-open',
};

/** What became of it, in the ink of its evidence: said, only assumed, or open. */
export const Verdict = ({ row }: { readonly row: ConversationRow }) => {
  const { t } = useTranslation();
  const ink = row.resolution === null ? 'ink-open' : (inks[row.resolution] ?? 'ink-open');
  const outcome = t(`outcome.${row.outcome}`, { defaultValue: row.outcome });
  const resolution =
    row.resolution === null ? null : t(`resolution.${row.resolution}`, { defaultValue: row.resolution });
  const isSame = resolution === null || row.outcome === row.resolution;
  return (
    <>
      <i className={`swatch ${ink}`} aria-hidden="true" />
      <span>{isSame ? outcome : t('rows.both', { outcome, resolution })}</span>
      {row.trapped ? (
        <span className="dim">
          {t('joint')}
          {t('rows.trapped')}
        </span>
      ) : null}
    </>
  );
};
