import { type Json, type JsonObject, listOf, objectOf, textOf } from "./json-value";
import { openApiLimits } from "./limits";

/** The addresses that a description names, whole, with the initial values of their variables; where it came from gives what a relative one leaves out. */
export const serversOf = (root: JsonObject, cameFrom: string | null): readonly string[] =>
  addresses(listOf(root.servers).length === 0 ? [{ url: "/" }] : listOf(root.servers), cameFrom);

/** The addresses that an operation, or else its path, names in place of the description's; null where neither names any. */
export const ownServersOf = (
  { source, item }: { readonly source: JsonObject; readonly item: JsonObject },
  cameFrom: string | null,
): readonly string[] | null => {
  const stated = [source.servers, item.servers].map(listOf).find((servers) => servers.length > 0);
  return stated === undefined ? null : addresses(stated, cameFrom);
};

const addresses = (servers: readonly Json[], cameFrom: string | null): readonly string[] => {
  const urls = servers.slice(0, openApiLimits.servers).map((each) => {
    const server = objectOf(each);
    return server === null ? "" : address(server, cameFrom);
  });
  return [...new Set(urls)].filter((url) => url !== "");
};

const address = (server: JsonObject, cameFrom: string | null): string => {
  const variables = objectOf(server.variables);
  const filled = textOf(server.url)
    .trim()
    .replaceAll(/\{([^{}]{1,100})\}/g, (whole, name: string) => {
      const variable = variables !== null && Object.hasOwn(variables, name) ? objectOf(variables[name]) : null;
      return variable === null ? whole : textOf(variable.default ?? listOf(variable.enum)[0]) || whole;
    });
  // Without a scheme, but not of this file: api.example.com/v1.
  const given = /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(filled) ? `https://${filled}` : filled;
  if (/^https?:\/\//i.test(given)) return trimmed(given);
  if (cameFrom === null || !URL.canParse(given, cameFrom)) return "";
  const url = new URL(given, cameFrom);
  return /^https?:$/.test(url.protocol) ? trimmed(url.href) : "";
};

const trimmed = (url: string): string => (url.split(/[?#]/, 1)[0] ?? "").replace(/(?<!\/)\/+$/, "");
