/** Radix and the theme set styles from scripts; scripts themselves come from us alone. */
export const contentSecurityPolicy = (inlineScriptHashes: readonly string[]): string =>
  [
    "default-src 'self'",
    `script-src ${["'self'", ...inlineScriptHashes.map((hash) => `'sha256-${hash}'`)].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** For every answer of the read side. The collect door speaks to foreign pages and sets its own. */
// Not no-referrer: with it browsers send `Origin: null` with our own sign-in form.
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** An answer that is data has nothing to run. */
export const dataSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
