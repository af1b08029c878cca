import { cutText, type Fields, fieldsOf, hint } from '../validate/read-value.ts';

/** Where the visitor was and came from, as far as the event says. */
export interface Visit {
  readonly page: string;
  readonly referrer: string;
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  /** The address carries the workspace's flag for test traffic. */
  readonly flagged: boolean;
}

const NOWHERE: Visit = { page: '', referrer: '', source: '', medium: '', campaign: '', flagged: false };
const REFERRER_CHARS = 2048;

const pathOf = (address: string): string => {
  const plain = address.replace(/[?#].*$/s, '');
  const afterHost = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(plain);
  return afterHost === null ? plain : plain.slice(afterHost[0].length) || '/';
};

const queryOf = (address: string): URLSearchParams | undefined => {
  const start = address.indexOf('?');
  if (start < 0) return undefined;
  const end = address.indexOf('#', start);
  return new URLSearchParams(address.slice(start + 1, end < 0 ? undefined : end));
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const first = (...values: readonly unknown[]): string => {
  for (const value of values) {
    const found = hint(value);
    if (found !== '') return found;
  }
  return '';
};

/**
 * `properties` win over the context where they speak of the page; `context.campaign` wins over utm parameters, which
 * are read from `properties` first and from the page's address last.
 */
export const readVisit = (properties: Fields, context: Fields, queryFlag: string): Visit => {
  const sentPage = context.page;
  const sentCampaign = context.campaign;
  const ownPage = properties.page ?? properties.path ?? properties.url;
  const ownSource = properties.utm_source ?? properties.utm_medium ?? properties.utm_campaign;
  const ownReferrer = properties.referrer;
  if (
    sentPage === undefined &&
    sentCampaign === undefined &&
    ownPage === undefined &&
    ownSource === undefined &&
    ownReferrer === undefined
  )
    return NOWHERE;
  const page = fieldsOf(sentPage);
  const campaign = fieldsOf(sentCampaign);
  const address = text(properties.url) || text(page.url);
  const query = queryOf(address || text(page.search));
  const flag = queryFlag === '' ? null : (query?.get(queryFlag) ?? null);
  return {
    page: pathOf(first(ownPage, page.path, page.url)),
    referrer: cutText(text(ownReferrer) || text(page.referrer), REFERRER_CHARS),
    source: first(campaign.source, properties.utm_source, query?.get('utm_source')),
    medium: first(campaign.medium, properties.utm_medium, query?.get('utm_medium')),
    campaign: first(campaign.name, properties.utm_campaign, query?.get('utm_campaign')),
    flagged: flag !== null && flag !== '0' && flag !== 'false',
  };
};
