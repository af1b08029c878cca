/** The address that a connection came from, as node's server hands it on; '' where there is no connection. */
export const remoteAddress = (env: unknown): string => {
  const { incoming } = (env ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress ?? '';
};

/**
 * Who is counted as one where senders share something scarce: an IPv4 address, or the first 64 bits of an IPv6 one,
 * of which every customer has 2⁶⁴ to choose from. What a proxy says in a header is not read: anybody can write it.
 */
export const networkOf = (address: string): string => {
  const plain = address
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [front = '', back] = plain.split('::');
  const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
  const first = groupsOf(front);
  const last = groupsOf(back ?? '');
  const zeros = back === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};
