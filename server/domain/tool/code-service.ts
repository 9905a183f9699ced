import type { ProvidedCode } from "@/runtime/capability/code/contract";
import { CodeThreads } from "@/runtime/sandbox/code-threads";

/** One set of threads for the process: code of all workspaces takes turns there, each in an engine of its own. */
const global = globalThis as { pipewrightCodeThreads?: CodeThreads };

export const codeService = (): ProvidedCode => ({
  run: (program, signal) => {
    global.pipewrightCodeThreads ??= new CodeThreads({ root: process.cwd() });
    return global.pipewrightCodeThreads.run(program, signal);
  },
});
