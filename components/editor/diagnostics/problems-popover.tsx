import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { useCommands } from "../commands/use-commands";
import { useDiagnostics, useWorkbench } from "../workbench";
import { useDiagnosticText } from "./use-diagnostic-text";

/** How many things are wrong, and on a click which; each leads to the place. */
export function ProblemsPopover() {
  const t = useTranslations("editor.problems");
  const all = useDiagnostics((state) => state.all);
  const errors = useDiagnostics((state) => state.errors);
  const warnings = useDiagnostics((state) => state.warnings);
  const [open, setOpen] = useState(false);
  const sorted = [...all].sort((a, b) => Number(a.severity !== "error") - Number(b.severity !== "error"));
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" aria-label={t("label", { errors, warnings })} data-testid="problems">
          {errors > 0 ? (
            <span className="tabular flex items-center gap-1 text-error">
              <CircleAlert /> {errors}
            </span>
          ) : null}
          {warnings > 0 ? (
            <span className="tabular flex items-center gap-1 text-warn">
              <TriangleAlert /> {warnings}
            </span>
          ) : null}
          {errors + warnings === 0 ? <CircleCheck className="text-ok" /> : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="max-h-96 w-96 overflow-y-auto p-1">
        {sorted.length === 0 ? <p className="px-2 py-3 text-muted text-sm">{t("none")}</p> : null}
        <ul>
          {sorted.slice(0, 100).map((problem) => (
            <li key={JSON.stringify([problem.code, problem.at, problem.params])}>
              <ProblemRow problem={problem} close={() => setOpen(false)} />
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}

/** One problem; a click leads to its place. */
export function ProblemRow({ problem, close }: { readonly problem: Diagnostic; readonly close?: () => void }) {
  const { editor } = useWorkbench();
  const commands = useCommands();
  const text = useDiagnosticText();
  const { title, hint } = text(problem);
  const Icon = problem.severity === "error" ? CircleAlert : TriangleAlert;
  const go = () => {
    close?.();
    const { node, field, edge, inside = [] } = problem.at ?? {};
    if (node !== undefined) commands.reveal(node, field, inside);
    else if (edge !== undefined) {
      editor.getState().goTo(inside);
      editor.getState().select({ edges: [edge] });
    }
  };
  return (
    <button
      type="button"
      className="flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover"
      onClick={go}
    >
      <Icon
        className={
          problem.severity === "error" ? "mt-0.5 size-4 shrink-0 text-error" : "mt-0.5 size-4 shrink-0 text-warn"
        }
      />
      <span className="min-w-0">
        <span className="block break-words text-sm">{title}</span>
        {hint ? <span className="block text-muted text-xs">{hint}</span> : null}
      </span>
    </button>
  );
}
