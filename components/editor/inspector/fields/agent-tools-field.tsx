import { FileJson } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { useInterfaceLocale, useView, useWorkbench } from "../../workbench";
import type { FieldProps, Json } from "./field-props";
import { freshName, RowsField } from "./rows-field";
import { withTools } from "./tool-steps";

const OpenApiDialog = lazy(() =>
  import("../../openapi/openapi-dialog").then((module) => ({ default: module.OpenApiDialog })),
);

/** The tools of an agent, each folded to one line. */
export function AgentToolsField(props: FieldProps) {
  const t = useTranslations("editor.agentTools");
  const tOpenApi = useTranslations("editor.openapi");
  const locale = useInterfaceLocale();
  const [open, setOpen] = useState(false);
  const { editor } = useWorkbench();
  const isVariant = useView(({ shownVariant }) => shownVariant?.node === props.node.id);
  const tools = (Array.isArray(props.value) ? props.value : []) as readonly { readonly name?: string }[];
  const left = (props.field.maxItems ?? 0) - tools.length;
  const labelOf = (field: string, value: unknown): string =>
    props.field.item.find(({ name }) => name === field)?.options?.[String(value)]?.[locale] ?? "";
  /** Pipelines among the tools are steps that the agent holds: they come and go with the settings, in one step of the history. */
  const change = (next: Json | undefined) => {
    const rows = (Array.isArray(next) ? next : []) as unknown as Readonly<Record<string, unknown>>[];
    const holds = props.node.body !== undefined || rows.some(({ pipeline }) => (pipeline ?? null) !== null);
    if (isVariant || !holds) props.onChange(next);
    else {
      const key = `config:${props.node.id}:${props.field.name}`;
      editor.getState().apply([{ type: "replace-node", node: withTools(props.node, rows) }], key);
    }
  };
  return (
    <div className="flex flex-col">
      <RowsField
        {...props}
        onChange={change}
        addLabel={t("add")}
        newItem={(items) => ({ name: freshName("tool", items), description: "", kind: "http" })}
        summary={({ name, kind = "http", policy = "auto" }) =>
          [name, labelOf("kind", kind), policy === "auto" ? "" : labelOf("policy", policy)]
            .filter((part) => part !== "" && part !== undefined)
            .join(" · ")
        }
      />
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        disabled={props.disabled || left <= 0}
        onClick={() => setOpen(true)}
      >
        <FileJson />
        {tOpenApi("open")}
      </Button>
      {open ? (
        <Suspense>
          <OpenApiDialog
            most={left}
            forAgent
            onClose={() => setOpen(false)}
            onTake={(taken) => {
              const names = new Set(tools.map(({ name }) => name));
              const added = taken.map((tool) => {
                let name = tool.name;
                for (let number = 2; names.has(name); number += 1) name = `${tool.name.slice(0, 60)}_${number}`;
                names.add(name);
                return { ...tool, name, kind: "http" };
              });
              change([...tools, ...added] as Json);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
