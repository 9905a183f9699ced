import { Maximize2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { CodeEditor } from "@/components/monaco/code-editor";
import { cn } from "@/components/ui/cn";
import { fieldStyle } from "@/components/ui/field-style";
import { IconButton } from "@/components/ui/icon-button";
import { useInterfaceLocale, useWorkbench } from "../../workbench";
import { useKnownVariables } from "../use-known-variables";
import type { FieldProps } from "./field-props";

const PromptDialog = lazy(() => import("../prompt-dialog").then((module) => ({ default: module.PromptDialog })));

/** A prompt: highlighted variables, completion of what can be wired in, and a large editor with the final messages beside it. */
export function TemplateField({ field, value, onChange, label, disabled, issues, node }: FieldProps) {
  const t = useTranslations("editor.prompt");
  const { editor } = useWorkbench();
  const locale = useInterfaceLocale();
  const variables = useKnownVariables(node);
  const [large, setLarge] = useState(false);
  const text = typeof value === "string" ? value : "";
  return (
    <div className="group relative">
      <div
        className={cn(
          fieldStyle,
          "pr-1 has-focus:border-ring has-focus:outline-2 has-focus:outline-ring/40",
          issues.length > 0 && "border-error",
        )}
        data-testid={`template-${field.name}`}
      >
        <CodeEditor
          language="pipewright-template"
          label={label}
          value={text}
          onChange={onChange}
          onUndo={() => editor.getState().undo()}
          onRedo={() => editor.getState().redo()}
          placeholder={field.placeholder?.[locale] ?? t("placeholder", { braces: "{{name}}" })}
          readOnly={disabled}
          invalid={issues.length > 0}
          height={{ min: 52, max: 240 }}
          variables={variables}
        />
      </div>
      <IconButton
        size="sm"
        side="left"
        label={t("enlarge")}
        className="absolute top-1 right-1 bg-surface opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100"
        onClick={() => setLarge(true)}
      >
        <Maximize2 />
      </IconButton>
      {large ? (
        <Suspense>
          <PromptDialog node={node.id} field={field.name} onClose={() => setLarge(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
