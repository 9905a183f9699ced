import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** @typedef {{ version?: string, license?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean, os?: string[],
 *   cpu?: string[] }} LockedPackage */

const licenceFile = /^(licen[cs]e|copying|copyright|notice|ofl)([.-][\w.-]*)?$/i;
const notText = /\.(js|mjs|cjs|ts|json|html)$/i;
const mostCharacters = 400_000;

/**
 * The packages that come along with the product: no development, no link. `everywhere` says that npm installs it on every platform.
 * @param {{ packages: Record<string, LockedPackage> }} lock
 */
export const shippedPackages = ({ packages }) =>
  Object.entries(packages)
    .filter(([place, { dev, link }]) => place.includes("node_modules/") && !dev && !link)
    .map(([place, { version = "", license = "", optional, devOptional, os, cpu }]) => ({
      place,
      name: place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      license,
      everywhere: !optional && !devOptional && os === undefined && cpu === undefined,
    }));

/** The licence texts that lie in a package's folder, as one text. @param {string} folder */
async function textsOf(folder) {
  const names = (await readdir(folder)).filter((name) => licenceFile.test(name) && !notText.test(name)).sort();
  const texts = [];
  for (const name of names) {
    const text = await readFile(path.join(folder, name), "utf8").catch(() => "");
    if (text.trim() !== "" && text.length <= mostCharacters)
      texts.push(
        text
          .replace(/^\uFEFF/, "")
          .replace(/\r\n?/g, "\n")
          .replace(/(?<![ \t])[ \t]+$/gm, "")
          .trim(),
      );
  }
  return texts.join("\n\n");
}

/** Orders names the same on every machine. @param {string} a @param {string} b */
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Names and licences of all that is shipped, and the text of each licence once, with the packages that it stands in. The same on every platform: of packages that are
 * installed on some only, the text is not read.
 * @param {string} project the folder with package-lock.json and node_modules
 * @returns {Promise<string>}
 */
export async function makeNotices(project) {
  const lock = JSON.parse(await readFile(path.join(project, "package-lock.json"), "utf8"));
  /** @type {Map<string, string[]>} text -> packages */
  const byText = new Map();
  /** @type {Map<string, string>} package -> line of the list */
  const list = new Map();
  for (const { place, name, version, license, everywhere } of shippedPackages(lock)) {
    const id = `${name} ${version}`;
    const text = everywhere ? await textsOf(path.join(project, place)) : "";
    const remark = everywhere
      ? text === ""
        ? "   (the package holds no text)"
        : ""
      : "   (on some platforms; its text is in the package)";
    list.set(id, `${id}   ${license || "licence: see text"}${remark}`);
    if (text === "") continue;
    const known = byText.get(text) ?? [];
    if (!known.includes(id)) byText.set(text, [...known, id]);
  }
  const sections = [...byText].map(([text, packages]) => ({ packages: packages.sort(byName), text }));
  sections.sort((a, b) => byName(a.packages[0] ?? "", b.packages[0] ?? ""));
  const line = "-".repeat(100);
  return [
    "Third-party notices\n\nPipewright is under the Apache License 2.0 (LICENSE). It comes with, or installs, the packages below, each under the licence beside it. The embedded\nmodels carry their own, named on the models page. Made by `npm run notices`.\n",
    ...[...list.values()].sort(byName),
    "",
    ...sections.map(({ packages, text }) => `${line}\n${packages.join("\n")}\n${line}\n\n${text}\n`),
  ].join("\n");
}
