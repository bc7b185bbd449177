/** The content security policy of the screen, one for every door that serves it. */

/** What differs between doors. */
export interface ContentPolicy {
  /** Lets the style elements that the grid creates carry this nonce; new for each page served. */
  readonly nonce: string;
  /** Addresses the page may connect to besides its own origin. */
  readonly connect: readonly string[];
}

/** In the built page, replaced by the nonce when it is served. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** The value of the Content-Security-Policy header: own files only, no inline script, no eval, no frame. */
export function contentPolicy(policy: ContentPolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${policy.nonce}'`,
    `connect-src ${["'self'", ...policy.connect].join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
