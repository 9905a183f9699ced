import { worlds } from "./all";
import { type Task, tallyOf } from "./tally";

process.on("message", (task: Task) => {
  const world = worlds.find(({ name }) => name === task.world);
  if (world === undefined) throw new Error(`There is no world "${task.world}".`);
  process.send?.(tallyOf(world, task));
});
