import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts a program of this repository and waits for a line that says it is ready; gives that line. */
export const startChild = async (
  parameters: readonly string[],
  isReady: (line: string) => boolean,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly line: string; readonly child: ChildProcess; stop(): Promise<void> }> => {
  const child = spawn(process.execPath, parameters, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (said) => {
      if (isReady(said)) resolve(said);
    });
    void exited.then(() => reject(new Error(`${parameters.join(" ")} ended before it was ready`)));
  });
  return {
    line,
    child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
    },
  };
};
