import type { MetricDeclaration } from '@botworth/contract/catalogue';

type Source = MetricDeclaration['sources'][number];

const vendor = (by: string, value: string, context: string): Source => ({
  by,
  value,
  context,
  vendor_reported: true,
});
const survey = (by: string, value: string, context: string): Source => ({
  by,
  value,
  context,
  vendor_reported: false,
});

/** Published figures, checked on 2026-04-10. Ceilings and anchors, not norms: history and targets come first. */
export const sources: Readonly<Record<string, readonly Source[]>> = {
  engagement_rate: [vendor('Tidio', '8.99 %', 'Praktiker Hellas, retail, 9,400+ interactions a month')],
  deflection_rate: [vendor('Zendesk', 'up to 25 %', 'of agent contacts, self-service and automation')],
  resolution_rate: [
    vendor('Intercom', '67 %', 'average of customer queries'),
    vendor('HubSpot', 'about 65 %', 'of conversations'),
    vendor('Tidio', '67 %', 'of requests'),
    survey('Gartner', '58 %', 'returns, survey 2023, n = 497'),
    survey('Gartner', '17 %', 'billing disputes, same survey'),
  ],
};
