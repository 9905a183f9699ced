import type { ProvidedCode } from "@/runtime/capability/code/contract";
import { NodeFailure } from "@/runtime/node/node-failure";
import { CodeThreads, mostCodeWaiting } from "@/runtime/sandbox/code-threads";
import { FairPlaces } from "@/server/platform/guard/fair-places";

/** One set of threads for the process: code of all workspaces takes turns there, each in an engine of its own. */
interface Sandbox {
  readonly threads: CodeThreads;
  /** For what runs and what waits: a workspace alone may have a third of them, and leaves some to everybody else. */
  readonly places: FairPlaces;
}

const global = globalThis as { pipewrightSandbox?: Sandbox };

const sandbox = (): Sandbox => {
  global.pipewrightSandbox ??= {
    threads: new CodeThreads({ root: process.cwd() }),
    places: new FairPlaces(mostCodeWaiting),
  };
  return global.pipewrightSandbox;
};

/** The sandbox as steps of a workspace use it. */
export const codeService = (workspaceId: string): ProvidedCode => ({
  run: async (program, signal) => {
    const { threads, places } = sandbox();
    const giveBack = places.take({ workspaceId, key: "code" });
    if (giveBack === null) {
      const message = "Too many steps with code of this workspace wait to be run.";
      throw new NodeFailure("code-failed", message, { hint: "Run fewer at once.", passing: true });
    }
    try {
      return await threads.run(workspaceId, program, signal);
    } finally {
      giveBack();
    }
  },
});
