import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * The database engine gives its files the mode 0666 by hand, whatever the process's umask says: from now on no file or folder of this
 * process gets a right for anybody but its owner.
 */
export const keepPrivate = (): void => {
  process.umask(0o077);
  const { chmodSync, fchmodSync } = fs;
  fs.chmodSync = (place, mode) => chmodSync(place, ownerOnly(mode));
  fs.fchmodSync = (descriptor, mode) => fchmodSync(descriptor, ownerOnly(mode));
  syncBuiltinESMExports();
};

const ownerOnly = (mode: fs.Mode): number => (typeof mode === "string" ? Number.parseInt(mode, 8) : mode) & 0o700;
