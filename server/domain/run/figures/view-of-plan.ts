import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { type PublicView, publicView } from "@/runtime/run/public-events";
import { RunFigures } from "./run-figures";

const views = new WeakMap<Plan, PublicView>();

/** What callers of a plan see of it, worked out once for all of its runs. */
export const viewOfPlan = (plan: Plan): PublicView => {
  const known = views.get(plan) ?? publicView(plan);
  views.set(plan, known);
  return known;
};

/** The figures of a run that this process did not see; without a plan it is not known what its caller was shown. */
export const figuresOfLog = (plan: Plan | null, log: readonly RunEvent[]): string => {
  const figures = new RunFigures(plan === null ? null : viewOfPlan(plan));
  for (const event of log) figures.note(event);
  return figures.write();
};
