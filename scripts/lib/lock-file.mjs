// npm writes into a lock file only those platform packages that the registry served when the lock was made; where it served none,
// `npm ci` then refuses the lock ("Missing: … from lock file"), on every platform. What is missing follows from the packages that ask for it.

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const otherNames = { mac: "darwin", win: "win32", gnueabihf: "glibc", msvc: "", gnu: "glibc" };

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/** Whether Node finds `name` from `place` or a folder above it. @param {LockFile["packages"]} packages @param {string} place @param {string} name */
function isLocked(packages, place, name) {
  if (packages[place ? `${place}/node_modules/${name}` : `node_modules/${name}`]) return true;
  if (!place) return false;
  const above = place.lastIndexOf("/node_modules/");
  return isLocked(packages, above === -1 ? "" : place.slice(0, above), name);
}

/** The platform that a package is for, read from its name. @param {string} name */
function platformOf(name) {
  const words = name.split(/[-/]/).map((word) => otherNames[word] ?? word);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.includes("musl") ? ["musl"] : words.includes("glibc") && !words.includes("arm") ? ["glibc"] : [];
  return { ...(cpu.length && { cpu }), ...(libc.length && { libc }), ...(os.length && { os }) };
}

/** Packages that something optionally needs and the lock does not name. @param {LockFile} lock */
export const missingPackages = ({ packages }) =>
  Object.entries(packages).flatMap(([place, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, place, name))
      .map(([name, range]) => ({ name, range, dev: dev ?? false })),
  );

/** Ordinary dependencies that the lock does not name: nothing to be added by hand, the lock has to be made anew. @param {LockFile} lock */
export const brokenPackages = ({ packages }) =>
  Object.entries(packages).flatMap(([place, { dependencies = {}, optionalDependencies = {} }]) =>
    Object.keys(dependencies)
      .filter((name) => !(name in optionalDependencies) && !isLocked(packages, place, name))
      .map((name) => `${place || "package.json"} needs ${name}`),
  );

/** The lock with an entry for every missing platform package. @param {LockFile} lock @returns {LockFile} */
export function completeLock(lock) {
  const added = missingPackages(lock).map(({ name, range, dev }) => [
    `node_modules/${name}`,
    { version: range.replace(/^[~^]/, ""), ...(dev && { dev }), optional: true, ...platformOf(name) },
  ]);
  const all = [...Object.entries(lock.packages), ...added].sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(all) };
}
