import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Name } from '../../app/say.tsx';

type Part = unknown;

const isMap = (value: Part): value is Readonly<Record<string, Part>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: Part): boolean =>
  isMap(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;

const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0;

const Value = ({ value }: { readonly value: Part }) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  if (value === null || isEmpty(value)) return <span className="dim">{t('policy.not_set')}</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>;
  if (typeof value === 'number') return <Name>{numbers.plain(value, decimalsOf(value))}</Name>;
  if (typeof value === 'string') return <Name>{value}</Name>;
  if (Array.isArray(value)) {
    return (
      <ul className="policy-tags">
        {value.map((one: Part) => (
          <li key={String(one)}>
            <Value value={one} />
          </li>
        ))}
      </ul>
    );
  }
  if (!isMap(value)) return null;
  return (
    <dl className="policy-rows">
      {Object.entries(value).map(([name, inner]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <Value value={inner} />
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** Read as written: the keys are the policy's own, since files, the API and people name them so. */
export const PolicyDocumentView = ({ document }: { readonly document: object }) => {
  const { t } = useTranslation();
  return (
    <div className="policy-parts">
      {Object.entries(document)
        .filter(([name]) => name !== 'version')
        .map(([name, part]) => (
          <section key={name} aria-labelledby={`policy-${name}`}>
            <header>
              <h2 id={`policy-${name}`}>{t(`policy.part.${name}`, { defaultValue: name })}</h2>
              <code className="dim">{name}</code>
            </header>
            <Value value={part} />
          </section>
        ))}
    </div>
  );
};
