import { readFile } from "node:fs/promises";
import path from "node:path";

/** Bytes of a file under templates/assets. The app runs in the project's folder. */
export const readAsset = (name: string): Promise<Buffer> => {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error(`${name} is no name of a template's file`);
  return readFile(path.join(/* turbopackIgnore: true */ process.cwd(), "templates", "assets", name));
};
