import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useCommands } from "../commands/use-commands";
import { useDiagnosticText } from "../diagnostics/use-diagnostic-text";
import { useDiagnostics, useEditor, useWorkbench } from "../workbench";
import { TimeLimitField } from "./time-limit-field";
import { UsedBy } from "./used-by";

/** Nothing is chosen: the pipeline as a whole. */
export function PipelineSummary() {
  const t = useTranslations("editor.inspector");
  const { view } = useWorkbench();
  const nodes = useEditor(({ document }) => document.nodes.length);
  const wires = useEditor(({ document }) => document.edges.length);
  const readOnly = useEditor((state) => state.readOnly);
  const inside = useEditor(({ scope }) => scope.length > 0);
  const problems = useDiagnostics((state) => state.all);
  const text = useDiagnosticText();
  const commands = useCommands();
  return (
    <div className="flex flex-col gap-5 overflow-y-auto p-4 text-sm">
      <div>
        <h2 className="font-medium text-base">{t("nothingChosen")}</h2>
        <p className="mt-1 text-muted">{t("nothingChosenHint")}</p>
      </div>
      <p className="tabular text-muted">{t("counts", { nodes, wires })}</p>
      {problems.length > 0 ? (
        <section>
          <h3 className="mb-1 font-medium">{t("toMend")}</h3>
          <ul className="-mx-2">
            {problems.slice(0, 8).map((problem) => (
              <li key={JSON.stringify([problem.code, problem.at, problem.params])}>
                <button
                  type="button"
                  className="w-full rounded-md px-2 py-1 text-left hover:bg-hover"
                  onClick={() =>
                    problem.at?.node !== undefined &&
                    commands.reveal(problem.at.node, problem.at.field, problem.at.inside ?? [])
                  }
                >
                  <span className={problem.severity === "error" ? "text-error" : "text-warn"}>
                    {text(problem).title}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {inside ? null : (
        <>
          <TimeLimitField disabled={readOnly} />
          <UsedBy />
        </>
      )}
      <section>
        <h3 className="mb-2 font-medium">{t("keys")}</h3>
        <ul className="flex flex-col gap-1.5 text-muted">
          <Shortcut keys={["/"]}>{t("key.search")}</Shortcut>
          <Shortcut keys={["Ctrl", "↵"]}>{t("key.run")}</Shortcut>
          <Shortcut keys={["Ctrl", "Z"]}>{t("key.undo")}</Shortcut>
          <Shortcut keys={["Shift"]}>{t("key.select")}</Shortcut>
        </ul>
        <Button variant="ghost" size="sm" className="-ml-2 mt-2" onClick={() => view.setState({ shortcutsOpen: true })}>
          {t("allKeys")} <Kbd>{"?"}</Kbd>
        </Button>
      </section>
    </div>
  );
}

function Shortcut({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <li className="flex items-center justify-between gap-2">
      <span>{children}</span>
      <span className="flex gap-0.5">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </li>
  );
}
