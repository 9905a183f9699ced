import { createHash } from "node:crypto";
import type { HttpFetch } from "@/runtime/model/http-fetch";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { createEgressDispatcher } from "@/server/platform/egress/egress-dispatcher";
import { readCertificates } from "./connection.types";
import type { EndpointRow } from "./endpoint-row";
import { processState, secretBox } from "./process-state";

/** How an endpoint's servers are reached and what is sent with each call. Holds secrets: never leaves the server. */
export interface Connection {
  readonly keyHeader: string;
  /** By name as written. */
  readonly headers: Readonly<Record<string, string>>;
  readonly caCertificate: string | null;
  readonly proxy: string | null;
}

type Stored = Pick<EndpointRow, "id" | "keyHeader" | "headersCipher" | "caCertificate" | "proxyCipher">;

const headersPlace = (id: string) => `model-endpoint-headers:${id}`;
const proxyPlace = (id: string) => `model-endpoint-proxy:${id}`;

export const sealHeaders = (id: string, headers: Readonly<Record<string, string>>): string | null =>
  Object.keys(headers).length === 0 ? null : secretBox().seal(JSON.stringify(headers), headersPlace(id));

export const sealProxy = (id: string, proxy: string | null): string | null =>
  proxy === null ? null : secretBox().seal(proxy, proxyPlace(id));

/** undefined where something is stored that does not open. */
export const openConnection = (row: Stored): Connection | undefined => {
  const headers = row.headersCipher === null ? "{}" : secretBox().open(row.headersCipher, headersPlace(row.id));
  const proxy = row.proxyCipher === null ? null : (secretBox().open(row.proxyCipher, proxyPlace(row.id)) ?? undefined);
  if (headers === null || proxy === undefined) return undefined;
  return {
    keyHeader: row.keyHeader,
    headers: JSON.parse(headers) as Record<string, string>,
    caCertificate: row.caCertificate,
    proxy,
  };
};

/** A proxy as people may see it: without the password in it. */
export const shownProxy = (proxy: string | null): string | null => {
  if (proxy === null || !URL.canParse(proxy)) return null;
  const url = new URL(proxy);
  return `${url.protocol}//${url.username === "" ? "" : "•••@"}${url.host}`;
};

/** Connections of their own kept open; beyond them the one made first is closed. */
const mostFetches = 60;

/** Where the calls of such an endpoint go out: the process's usual way, or one with its own authority or proxy. */
export const fetchOf = ({ caCertificate, proxy }: Pick<Connection, "caCertificate" | "proxy">): HttpFetch => {
  const { fetch, fetches, mode } = processState();
  if (caCertificate === null && proxy === null) return fetch;
  const key = createHash("sha256")
    .update(JSON.stringify([caCertificate, proxy]))
    .digest("base64url");
  const known = fetches.get(key);
  if (known !== undefined) return known.fetch;
  const certificates = caCertificate === null ? null : readCertificates(caCertificate);
  const dispatcher = createEgressDispatcher({
    mode,
    ...(certificates === null ? {} : { certificates }),
    ...(proxy === null ? {} : { proxy }),
  });
  const made = createUndiciFetch(dispatcher);
  fetches.set(key, { fetch: made, close: () => void dispatcher.close().catch(() => {}) });
  const [oldest] = fetches;
  if (fetches.size > mostFetches && oldest !== undefined) {
    oldest[1].close();
    fetches.delete(oldest[0]);
  }
  return made;
};
