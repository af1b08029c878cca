/** Host and scheme as the browser reached us, through a proxy or not. */
export interface PublicAddress {
  readonly protocol: 'http' | 'https';
  readonly host: string;
}

type Header = (name: string) => string | undefined;

const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

const firstOf = (value: string | undefined): string => (value ?? '').split(',')[0]?.trim() ?? '';

const forwarded = (value: string | undefined, part: 'host' | 'proto'): string =>
  new RegExp(`(?:^|;)\\s*${part}="?([^";,]+)`, 'i').exec(firstOf(value))?.[1] ?? '';

/** `url` is the request's own, the last resort. A header that is no host name is not repeated to anybody. */
export const publicAddress = (header: Header, url: string): PublicAddress => {
  const own = new URL(url);
  const proto = (
    forwarded(header('forwarded'), 'proto') ||
    firstOf(header('x-forwarded-proto')) ||
    own.protocol.replace(':', '')
  ).toLowerCase();
  const hosts = [
    forwarded(header('forwarded'), 'host'),
    firstOf(header('x-forwarded-host')),
    firstOf(header('host')),
    own.host,
  ];
  return {
    protocol: proto === 'https' ? 'https' : 'http',
    host: hosts.find((host) => HOST.test(host)) ?? own.host,
  };
};

/** What analytics-next needs to start: where to send. A `plan` or another integration would make it load more code. */
export const clientSettings = (writeKey: string, { protocol, host }: PublicAddress) => ({
  integrations: { 'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol } },
  metrics: { sampleRate: 0 },
});
