import type { MessageType } from '@botworth/contract/message';
import type { PolicyDocument } from '@botworth/contract/policy';
import type { Fields } from '../validate/read-value.ts';
import type { ContactHasher } from './contact-hash.ts';

/** What a workspace's policy says about traffic that is flagged. */
export interface TestTraffic {
  readonly crawlers: boolean;
  readonly emailDomains: ReadonlySet<string>;
  /** Name of the query parameter; '' = none. */
  readonly queryFlag: string;
}

export const readTestTraffic = (policy: PolicyDocument['test_traffic']): TestTraffic => ({
  crawlers: policy.crawlers,
  emailDomains: new Set(policy.email_domains.map((domain) => domain.trim().toLowerCase().replace(/^@/, ''))),
  queryFlag: policy.query_flag,
});

/** What all messages of one request share. */
export interface Delivery {
  readonly workspaceNumber: number;
  readonly receivedMs: number;
  /** The same moment in the engine's text form. */
  readonly receivedAt: string;
  /** Adapter and id of the key: `segment:<key id>`. */
  readonly via: string;
  /** From the address: `/v1/track` carries tracks only. */
  readonly routeType: MessageType | undefined;
  /** The batch's `sentAt`, for messages without their own. */
  readonly sentAt: unknown;
  /** The batch's `context`, under each message's own. */
  readonly batchContext: Fields | undefined;
  /** Of the HTTP request where a browser sends; '' from servers, whose client library is nobody's device. */
  readonly userAgent: string;
  /** The raw text names an e-mail or a phone somewhere. */
  readonly mayHoldContacts: boolean;
  /** The raw text holds numbers that were marked, see validate/exact-json.ts. */
  readonly markedNumbers: boolean;
  /** The raw bytes were not all UTF-8. */
  readonly brokenUtf8: boolean;
  readonly testTraffic: TestTraffic;
  readonly hasher: ContactHasher;
}
