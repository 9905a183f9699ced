import { PencilLine, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { readFileText } from "@/components/run/file-value";
import { InputsForm } from "@/components/run/inputs-form";
import { sayFault } from "@/components/run/say-fault";
import { shorten } from "@/components/run/value-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { type InputField, isFileKind } from "@/runtime/node/define-node";
import { useSession } from "../session";
import type { CompareCase, CompareState } from "./compare-store";
import { type CompareCommands, useCompareState } from "./use-compare";

export interface CaseCellProps {
  readonly each: CompareCase;
  /** From 1. */
  readonly number: number;
  readonly fields: readonly InputField[];
  readonly commands: CompareCommands;
}

const none: CompareState["faults"][string] = {};

const focusFirst = (form: HTMLElement | null): void => {
  form?.querySelector<HTMLElement>("textarea, input, button")?.focus();
};

/** A case's inputs, to be read or, in the same place, written. */
export function CaseCell({ each, number, fields, commands }: CaseCellProps) {
  const t = useTranslations("editor.compare");
  const run = useTranslations("run");
  const { compare } = useSession();
  const editing = useCompareState((state) => state.editing === each.id);
  const faults = useCompareState((state) => state.faults[each.id]) ?? none;
  const faulty = Object.values(faults);
  return (
    <th
      scope="row"
      className="group sticky left-0 z-10 border-line border-r border-b bg-raised p-2 text-left font-normal"
      data-testid="compare-case"
    >
      <div className="mb-1 flex h-6 items-center gap-1">
        <span className="tabular flex-1 text-faint text-xs">{t("caseNumber", { number })}</span>
        <IconButton
          size="sm"
          side="top"
          label={t("editCase", { number })}
          aria-pressed={editing}
          onClick={() => compare.setState({ editing: editing ? null : each.id })}
        >
          <PencilLine />
        </IconButton>
        <IconButton
          size="sm"
          side="top"
          label={t("removeCase", { number })}
          onClick={() => commands.removeCase(each.id)}
        >
          <X />
        </IconButton>
      </div>
      {editing ? (
        <div ref={focusFirst} className="flex flex-col gap-2">
          <InputsForm
            fields={fields}
            values={each.values}
            faults={faults}
            onChange={(name, value) => compare.getState().changeCase(each.id, { ...each.values, [name]: value })}
            onSubmit={() => compare.setState({ editing: null })}
          />
          <Button size="sm" className="self-start" onClick={() => compare.setState({ editing: null })}>
            {t("doneCase")}
          </Button>
        </div>
      ) : (
        <dl className="flex max-h-48 flex-col gap-1 overflow-y-auto">
          {fields.map((field) => {
            const text = each.values[field.name] ?? "";
            const said = isFileKind(field.kind) ? (readFileText(text)?.name ?? text) : text;
            return (
              <div key={field.name} className="min-w-0">
                {fields.length > 1 ? <dt className="truncate text-faint text-xs">{field.title}</dt> : null}
                <dd className="whitespace-pre-wrap break-words">
                  {said === "" ? <span className="text-faint">{t("emptyInput")}</span> : shorten(said, 2000)}
                </dd>
              </div>
            );
          })}
          {fields.length === 0 ? <p className="text-faint">{t("noInputs")}</p> : null}
          {faulty[0] ? <p className="text-error text-xs">{sayFault(run, faulty[0])}</p> : null}
        </dl>
      )}
    </th>
  );
}
