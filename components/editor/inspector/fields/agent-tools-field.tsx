import { FileJson } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps, Json } from "./field-props";
import { freshName, RowsField } from "./rows-field";

const OpenApiDialog = lazy(() =>
  import("../../openapi/openapi-dialog").then((module) => ({ default: module.OpenApiDialog })),
);

/** The tools of an agent, each folded to one line. */
export function AgentToolsField(props: FieldProps) {
  const t = useTranslations("editor.agentTools");
  const tOpenApi = useTranslations("editor.openapi");
  const locale = useInterfaceLocale();
  const [open, setOpen] = useState(false);
  const tools = (Array.isArray(props.value) ? props.value : []) as readonly { readonly name?: string }[];
  const left = (props.field.maxItems ?? 0) - tools.length;
  const labelOf = (field: string, value: unknown): string =>
    props.field.item.find(({ name }) => name === field)?.options?.[String(value)]?.[locale] ?? "";
  return (
    <div className="flex flex-col">
      <RowsField
        {...props}
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
              props.onChange([...tools, ...added] as Json);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
