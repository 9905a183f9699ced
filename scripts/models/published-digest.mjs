import http from "node:http";
import https from "node:https";
import { asDownloadError, DownloadError } from "./download.mjs";

const LONGEST_WAIT_MS = 30_000;
const MOST_REDIRECTS = 3;

/**
 * Size and SHA-256 that the model hub publishes for a file, from the headers of its address. The mirror repeats them.
 * @param {string} url @param {{ signal?: AbortSignal, redirects?: number }} [options]
 * @returns {Promise<{ size: number, sha256: string }>}
 */
export function publishedDigest(url, { signal, redirects = MOST_REDIRECTS } = {}) {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const request = (target.protocol === "https:" ? https : http).request(
      target,
      { method: "HEAD", headers: { "user-agent": "pipewright" }, ...(signal && { signal }) },
      (response) => {
        response.resume();
        const { headers, statusCode = 0 } = response;
        const sha256 = /^"?([0-9a-f]{64})"?$/.exec(String(headers["x-linked-etag"] ?? ""))?.[1];
        const size = Number(headers["x-linked-size"]);
        if (sha256 && Number.isSafeInteger(size) && size > 0) return resolve({ size, sha256 });
        const next =
          headers.location && statusCode >= 300 && statusCode < 400 ? new URL(headers.location, target) : null;
        // The digest is the hub's word: an address elsewhere has no say in it.
        if (next && next.host === target.host && redirects > 0)
          return resolve(publishedDigest(next.href, { ...(signal && { signal }), redirects: redirects - 1 }));
        reject(
          new DownloadError(
            statusCode >= 400
              ? `${target.host} answered ${statusCode} for ${target.pathname}`
              : `${target.host} publishes no digest for ${target.pathname}`,
            { final: true },
          ),
        );
      },
    );
    request.setTimeout(LONGEST_WAIT_MS, () => request.destroy(new Error("no answer")));
    request.on("error", (error) => reject(asDownloadError(error, url)));
    request.end();
  });
}
