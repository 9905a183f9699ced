import type { z } from "zod";
import * as port from "@/runtime/node/port";
import { templateLimits, templateVariables } from "./template";

/** One required input a variable: text, or any value where the template reaches into it. */
export const templatePorts = (...templates: readonly string[]): port.Ports =>
  Object.fromEntries(
    templateVariables(...templates).map(({ name, structured }) => [name, structured ? port.any() : port.text()]),
  );

/** For `superRefine` on a config: refuses more variables than a card can show and names that other ports have taken. */
export const checkVariables = (
  templates: Readonly<Record<string, string>>,
  taken: readonly string[],
  context: z.RefinementCtx,
): void => {
  if (templateVariables(...Object.values(templates)).length > templateLimits.variables) {
    const message = `A step takes at most ${templateLimits.variables} variables; gather some into one JSON value.`;
    context.addIssue({ code: "custom", message, path: Object.keys(templates).slice(-1) });
  }
  for (const [field, template] of Object.entries(templates)) {
    const clash = templateVariables(template).find(({ name }) => taken.includes(name));
    if (clash) {
      const message = `{{${clash.name}}} is the name of another port of this step; choose another name.`;
      context.addIssue({ code: "custom", message, path: [field] });
    }
  }
};
