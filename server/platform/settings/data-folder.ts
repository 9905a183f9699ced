import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this installation keeps what it stores on this machine: PIPEWRIGHT_DATA, or `.data` where it was started. */
export const dataFolder = (environment: Environment = process.env): string =>
  path.resolve(/* turbopackIgnore: true */ environment.PIPEWRIGHT_DATA?.trim() || ".data");
