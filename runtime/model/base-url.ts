/** Paths of single operations, which people paste whole from a console or an example. */
const operations =
  /\/(?:chat\/completions|completions|responses|embeddings|models|rerank|moderations|audio\/transcriptions|images\/generations)$/i;

export interface BaseUrl {
  /** Origin and path, without a slash at the end. */
  readonly address: string;
  /** With `?`, or empty: kept on every path (`?api-version=…`). */
  readonly query: string;
}

/** Parts of a base URL; of text that is none, the text itself. */
export const splitBaseUrl = (baseUrl: string): BaseUrl => {
  const [whole = "", query = ""] = baseUrl.trim().split("?", 2);
  let end = whole.length;
  while (end > 0 && whole[end - 1] === "/") end -= 1;
  return { address: whole.slice(0, end), query: query === "" ? "" : `?${query}` };
};

/** A base URL without the operation that was pasted with it, and without slashes at the end; its query stays. */
export const mendBaseUrl = (baseUrl: string): string => {
  const { address, query } = splitBaseUrl(baseUrl);
  return `${splitBaseUrl(address.replace(operations, "")).address}${query}`;
};

/** The query of a base URL with further parameters; those win over its own of the same name. */
export const withQuery = (query: string, more: Readonly<Record<string, string>>): string => {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  return Object.keys(more).length === 0 ? "" : `?${parameters}`;
};

/** The address of an operation: its path goes before the query of the base URL. */
export const addressOf = (url: string, query: string): string =>
  query === "" || url.includes("?") ? url : `${url}${query}`;
