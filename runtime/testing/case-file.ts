import { readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(process.cwd(), "runtime", "knowledge", "parse", "fixtures");

/** A document that was made for the tests of the readers, by its name. */
export const caseFile = (name: string): Uint8Array => readFileSync(path.join(folder, name));
