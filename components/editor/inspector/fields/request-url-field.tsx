import { FileJson } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { useView, useWorkbench } from "../../workbench";
import type { FieldProps } from "./field-props";
import { TemplateField } from "./template-field";

const OpenApiDialog = lazy(() =>
  import("../../openapi/openapi-dialog").then((module) => ({ default: module.OpenApiDialog })),
);

/** The address of a request. A step takes the whole of one out of a description of an API; a tool of an agent has its own button for that. */
export function RequestUrlField(props: FieldProps) {
  const t = useTranslations("editor.openapi");
  const { editor } = useWorkbench();
  const [open, setOpen] = useState(false);
  const { node, disabled } = props;
  const isVariant = useView(({ shownVariant }) => shownVariant?.node === node.id);
  const isStep = node.type === "tool/http" && !isVariant;
  return (
    <div className="flex flex-col gap-1.5">
      <TemplateField {...props} />
      {isStep ? (
        <Button variant="ghost" size="sm" className="self-start" disabled={disabled} onClick={() => setOpen(true)}>
          <FileJson />
          {t("open")}
        </Button>
      ) : null}
      {open ? (
        <Suspense>
          <OpenApiDialog
            most={1}
            onClose={() => setOpen(false)}
            onTake={([taken]) => {
              if (taken === undefined) return;
              const { name, description: _, parameters: __, ...set } = taken;
              editor
                .getState()
                .apply([
                  { type: "set-config", node: node.id, set },
                  ...(node.label === undefined ? [{ type: "set-label" as const, node: node.id, label: name }] : []),
                ]);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
