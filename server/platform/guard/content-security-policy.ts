/**
 * What a page of the app may load. Scripts need the nonce of this one answer ('strict-dynamic' lets them load their own
 * chunks); styles may be inline because the canvas and the text editor position things by style attributes; workers of the
 * text editor come as blobs. Nothing is loaded from or sent to another host. No page may show it in a frame, but those of `framers`.
 */
export const contentSecurityPolicy = (nonce: string, development: boolean, framers: readonly string[] = []): string =>
  [
    "default-src 'self'",
    // The framework's development build evaluates strings to rebuild stack traces; the production build never does.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "object-src 'none'",
    "frame-src 'none'",
    `frame-ancestors ${framers.length === 0 ? "'none'" : framers.join(" ")}`,
    "form-action 'self'",
    "base-uri 'none'",
    "manifest-src 'self'",
  ].join("; ");
