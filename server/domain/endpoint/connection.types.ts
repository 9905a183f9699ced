import { X509Certificate } from "node:crypto";
import { z } from "zod";

/** Where an API key travels: as a bearer token, or alone in a header of this name (Azure, some gateways). */
export const keyHeaders = ["authorization", "api-key", "x-api-key"] as const;
export type KeyHeader = (typeof keyHeaders)[number];

export const connectionLimits = {
  headers: 20,
  headerName: 100,
  headerValue: 2_000,
  certificate: 100_000,
  proxy: 500,
} as const;

/** Headers that are the connection's own, or ours. */
const ownHeaders =
  /^(?:host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer|keep-alive|expect|accept|accept-encoding|proxy-.*)$/i;

const headerName = z
  .string()
  .trim()
  .min(1)
  .max(connectionLimits.headerName)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "A header's name holds letters, digits and hyphens.")
  .refine((name) => !ownHeaders.test(name), "This header is set by the connection itself.");

/** Visible ASCII and blanks. */
const headerValue = z
  .string()
  .trim()
  .min(1)
  .max(connectionLimits.headerValue)
  .regex(/^[\x20-\x7e]+$/, "A header's value holds visible ASCII characters.");

/** Sent with each call. Values are written, never read back: null keeps the stored one of that name. */
export const headersInput = z
  .array(z.strictObject({ name: headerName, value: headerValue.nullable() }))
  .max(connectionLimits.headers)
  .refine((headers) => new Set(headers.map(({ name }) => name.toLowerCase())).size === headers.length, {
    message: "A header is named twice.",
  });

const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{100,20000}-----END CERTIFICATE-----/g;

/** The certificates of a PEM text; null where there is none, or one cannot be read. */
export const readCertificates = (text: string): readonly string[] | null => {
  const found = text.match(pem) ?? [];
  try {
    for (const certificate of found) void new X509Certificate(certificate);
  } catch {
    return null;
  }
  return found.length === 0 ? null : found;
};

/** One or more certificates of authorities that this endpoint's servers are trusted by, beside the usual ones. */
export const certificateInput = z
  .string()
  .trim()
  .max(connectionLimits.certificate)
  .refine(
    (text) => !/PRIVATE KEY-----/.test(text),
    "This is a private key, not a certificate. Paste the certificate of the authority.",
  )
  .refine(
    (text) => readCertificates(text) !== null,
    "No certificate can be read here. Paste it as PEM: -----BEGIN CERTIFICATE----- …",
  );

/** `http://[user:password@]host:port`. */
export const proxyInput = z
  .string()
  .trim()
  .max(connectionLimits.proxy)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, pathname, search, hash } = new URL(text);
    return (
      (protocol === "http:" || protocol === "https:") &&
      (pathname === "/" || pathname === "") &&
      search === "" &&
      hash === ""
    );
  }, "Write the proxy as http://host:port.");
