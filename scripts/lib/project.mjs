import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const project = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** @param {...string} parts */
export const inProject = (...parts) => path.join(project, ...parts);
