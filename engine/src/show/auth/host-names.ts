const loopbackName = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i;

/** A Host header without its port, lower case. */
const hostName = (header: string): string =>
  header
    .trim()
    .toLowerCase()
    .replace(/:\d{1,5}$/, '');

export const isLoopbackName = (name: string): boolean => loopbackName.test(name);

/**
 * Whether a request may be for us. On a loopback address only this machine's own names are: a web page that
 * makes its own name resolve to 127.0.0.1 would otherwise speak to the server as if it came from it. On any
 * other address a name proves nothing, and the credentials decide.
 */
export const isOurHost = (
  header: string | undefined,
  boundHost: string,
  allowedHosts: readonly string[],
): boolean => {
  if (!isLoopbackName(boundHost)) return true;
  if (header === undefined) return false;
  const name = hostName(header);
  return isLoopbackName(name) || allowedHosts.some((allowed) => hostName(allowed) === name);
};

/**
 * Whether a request that changes something was made by a page of ours. Browsers say where a request comes
 * from; one that says nothing is not a browser of this decade, and has no business with a cookie.
 */
export const isOwnOrigin = (
  origin: string | undefined,
  fetchSite: string | undefined,
  host: string | undefined,
): boolean => {
  if (origin !== undefined && origin !== 'null')
    return host !== undefined && origin.replace(/^https?:\/\//, '').toLowerCase() === host.toLowerCase();
  return fetchSite === 'same-origin';
};
