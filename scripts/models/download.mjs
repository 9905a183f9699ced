import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import tls from "node:tls";

/**
 * @typedef {object} DownloadOptions
 * @property {string} url
 * @property {string} to the finished file; what has arrived so far is beside it as `<to>.part` and is continued next time
 * @property {number} size bytes expected, as a bound
 * @property {string[]} [authorities] PEM certificates beside Node's own
 * @property {(bytes: number) => void} [onBytes] told of every stretch that is newly there, what an earlier try left included
 * @property {AbortSignal} [signal]
 * @property {number} [stallMs] a connection silent for so long is given up
 * @property {number} [attempts]
 * @property {number} [pauseMs] before the second attempt; doubled before each further one
 */

/** A download that trying again at once will not mend. */
export class DownloadError extends Error {
  /** @param {string} message @param {{ final: boolean, unreachable?: boolean }} kind */
  constructor(message, { final, unreachable = false }) {
    super(message);
    this.name = "DownloadError";
    this.final = final;
    /** No such host, or nobody answers there: other files of that host need not be tried. */
    this.unreachable = unreachable;
  }
}

/** @param {DownloadOptions} options */
export async function download(options) {
  const { attempts = 4, pauseMs = 500, signal } = options;
  await mkdir(path.dirname(options.to), { recursive: true });
  const counter = new ArrivalCounter(options.onBytes);
  for (let attempt = 1; ; attempt++) {
    try {
      await downloadOnce(options, counter);
      return;
    } catch (error) {
      if (signal?.aborted || attempt >= attempts || (error instanceof DownloadError && error.final)) throw error;
      await wait(pauseMs * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

/** @param {DownloadOptions} options @param {ArrivalCounter} counter */
async function downloadOnce({ url, to, size, authorities, signal, stallMs = 30_000 }, counter) {
  const partial = `${to}.part`;
  let have = await sizeOf(partial);
  if (have > size) {
    await rm(partial, { force: true });
    have = 0;
  }
  counter.reached(have);
  if (have < size) {
    const response = await get(url, have, { authorities, signal, stallMs });
    if (have > 0 && response.statusCode !== 206) have = 0;
    let arrived = have;
    const measure = new Transform({
      transform(chunk, _encoding, done) {
        arrived += chunk.length;
        if (arrived > size) return done(new DownloadError(`${url} is larger than expected`, { final: true }));
        counter.reached(arrived);
        done(null, chunk);
      },
    });
    try {
      await pipeline(response, measure, createWriteStream(partial, { flags: have > 0 ? "a" : "w" }), { signal });
    } catch (error) {
      throw asDownloadError(error, url);
    }
    if (arrived < size) throw new DownloadError(`${url} ended after ${arrived} of ${size} bytes`, { final: false });
  }
  await rename(partial, to);
}

/**
 * @param {string} url @param {number} from
 * @param {{ authorities?: string[] | undefined, signal?: AbortSignal | undefined, stallMs: number, redirects?: number }} options
 * @returns {Promise<http.IncomingMessage>}
 */
function get(url, from, { authorities, signal, stallMs, redirects = 5 }) {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const secure = target.protocol === "https:";
    const request = (secure ? https : http).get(
      target,
      {
        headers: { "user-agent": "pipewright", ...(from > 0 && { range: `bytes=${from}-` }) },
        ...(secure && authorities?.length && { ca: [...tls.rootCertificates, ...authorities] }),
        signal,
      },
      (response) => {
        const status = response.statusCode ?? 0;
        if (status >= 300 && status < 400 && response.headers.location) {
          response.resume();
          const next = new URL(response.headers.location, target);
          if (redirects === 0) return reject(new DownloadError(`${url} redirects too often`, { final: true }));
          if (secure && next.protocol !== "https:")
            return reject(new DownloadError(`${url} redirects to an unencrypted address`, { final: true }));
          get(next.href, from, { authorities, signal, stallMs, redirects: redirects - 1 }).then(resolve, reject);
          return;
        }
        if (status === 200 || (status === 206 && startsAt(response, from))) return resolve(response);
        response.resume();
        reject(
          new DownloadError(`${target.host} answered ${status} for ${target.pathname}`, {
            final: status >= 400 && status < 500 && status !== 408 && status !== 429,
          }),
        );
      },
    );
    request.setTimeout(stallMs, () => request.destroy(new Error(`no data for ${Math.round(stallMs / 1000)} s`)));
    request.on("error", (error) => reject(asDownloadError(error, url)));
  });
}

/** @param {http.IncomingMessage} response @param {number} from */
const startsAt = (response, from) => response.headers["content-range"]?.startsWith(`bytes ${from}-`) ?? false;

const nobodyThere = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"];
const diskTrouble = ["ENOSPC", "EACCES", "EROFS", "EDQUOT"];

/** @param {unknown} error @param {string} url */
export function asDownloadError(error, url) {
  if (error instanceof DownloadError || !(error instanceof Error) || error.name === "AbortError") return error;
  const code = "code" in error ? String(error.code) : "";
  if (diskTrouble.includes(code)) return error;
  const unreachable = nobodyThere.includes(code);
  return new DownloadError(`${new URL(url).host}: ${reasonOf(error)}`, { final: unreachable, unreachable });
}

/** Reports growth only: a restart of the file from zero is not told as going backwards. */
class ArrivalCounter {
  #highest = 0;
  #report;

  /** @param {((bytes: number) => void) | undefined} report */
  constructor(report) {
    this.#report = report;
  }

  /** @param {number} total */
  reached(total) {
    if (total <= this.#highest) return;
    this.#report?.(total - this.#highest);
    this.#highest = total;
  }
}

/** @param {string} file */
async function sizeOf(file) {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

const certificateProblem = /^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET))/;

const nameless = ["ENOTFOUND", "EAI_AGAIN"];

/**
 * Why a connection failed, in words that say what to do where something can be done: there is no network, or the proxy of a company signs with a certificate
 * of its own.
 * @param {Error} error
 */
export const reasonOf = (error) => {
  const code = "code" in error ? String(error.code) : "";
  if (nameless.includes(code)) return `no such name is found from here, as without a network (${code})`;
  const said = error.message || code;
  return certificateProblem.test(code)
    ? `${said}. Behind a proxy that signs for itself, name its certificate: NODE_EXTRA_CA_CERTS=/path/to/it.pem npm start`
    : said;
};
