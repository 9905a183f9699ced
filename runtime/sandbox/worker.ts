import { parentPort } from "node:worker_threads";
import type { CodeProgram } from "@/runtime/capability/code/program";
import { CodeRunner } from "./code-runner";

const runner = new CodeRunner();
parentPort?.on("message", (program: CodeProgram) => {
  void runner.run(program).then((result) => parentPort?.postMessage(result));
});
