import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Vitest prints failed tests with Map.groupBy, which Node 20 lacks.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

/** Files whose tests wait for models on the processor, however short the files are. Begun last, one of them would be waited for alone. */
const slow =
  /model-server\/|runtime\/testing\/|runtime\/model\/two-servers|server\/(domain\/(knowledge|tuned-model)|platform\/db)\//;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: [
      "{runtime,model-server,nodes,templates,components,server,scripts,app,i18n,messages,docs}/**/*.test.{ts,tsx}",
      "bench/graded/**/*.test.ts",
    ],
    // A limit on hanging alone: the slowest test takes a few seconds on two quiet cores, and ten times as long on busy ones.
    testTimeout: 60_000,
    // Opening a database of its own takes a test file seconds, and longer on a busy machine.
    hookTimeout: 60_000,
    // Files share their worker, which reads the database engine and the other large modules once: a third of the time of the server's tests. So a test
    // file leaves nothing behind in module state; what tests must not share is keyed by their database.
    isolate: false,
    // Vitest leaves one core to itself, of two that is half of them; here a test mostly waits for a process that it started, and sometimes for a time to pass.
    maxWorkers: Math.max(3, os.availableParallelism() - 1),
    sequence: { sequencer: SlowFirst },
  },
});
