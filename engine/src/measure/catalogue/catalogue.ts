import { metricDeclarationSchema } from '@botworth/contract/catalogue';
import { fail } from '../../base/app-error.ts';
import { nearest } from '../../base/nearest.ts';
import type { Metric } from './figure.ts';
import { serviceMetrics } from './service-metrics.ts';
import { useMetrics } from './use-metrics.ts';

export const catalogue: readonly Metric[] = [...serviceMetrics, ...useMetrics].map((metric) => ({
  ...metric,
  declaration: metricDeclarationSchema.parse(metric.declaration),
}));

const byId = new Map(catalogue.map((metric) => [metric.declaration.id, metric]));
const ids = [...byId.keys()];

export const metricOf = (id: string): Metric => {
  const found = byId.get(id);
  if (found !== undefined) return found;
  const near = nearest(id, ids);
  return fail(
    'unknown_metric',
    `There is no metric called “${id.slice(0, 80)}”${near.length === 0 ? '' : `; near it: ${near.join(', ')}`}.`,
    {
      metric: id.slice(0, 256),
      nearest: near,
    },
  );
};
