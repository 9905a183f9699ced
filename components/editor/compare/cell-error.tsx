import { CircleAlert } from "lucide-react";
import { useLocale } from "next-intl";
import { useErrorText } from "@/components/ui/use-error-text";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { useDiagnosticText } from "../diagnostics/use-diagnostic-text";
import type { CompareCell } from "./compare-store";

/** Why a cell has no answer: what stopped its run, or why it could not begin, in a few lines. */
export function CellError({ cell }: { readonly cell: CompareCell }) {
  const locale = useLocale();
  const errorText = useErrorText();
  const runErrorText = useRunErrorText();
  const diagnosticText = useDiagnosticText();
  const { run, error } = cell;
  if (run.error && run.status === "failure") {
    const { title, mend } = runErrorText(run.error.code);
    const hint = locale === "en" && run.error.hint ? run.error.hint : mend;
    return <Note title={title} lines={[run.error.message, hint]} />;
  }
  if (error === null) return null;
  const { title, description } = errorText(error);
  const found = Array.isArray(error.data.diagnostics) ? (error.data.diagnostics as readonly Diagnostic[]) : [];
  const told = found.filter(({ severity }) => severity === "error").slice(0, 3);
  return (
    <Note title={title} lines={told.length > 0 ? told.map((each) => diagnosticText(each).title) : [description]} />
  );
}

function Note({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div role="alert" className="rounded-md border border-error/40 bg-error-soft p-2 text-xs">
      <p className="flex items-start gap-1.5 font-medium text-error">
        <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
        {title}
      </p>
      {[...new Set(lines)].map((line) => (
        <p key={line} className="mt-0.5 break-words pl-5">
          {line}
        </p>
      ))}
    </div>
  );
}
