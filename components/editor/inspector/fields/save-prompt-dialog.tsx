import { useTranslations } from "next-intl";
import { useState } from "react";
import { PromptNameField } from "@/components/prompts/prompt-name-field";
import { useCreatePrompt } from "@/components/prompts/use-create-prompt";
import { FormDialog } from "@/components/ui/form-dialog";
import { toast } from "@/components/ui/toaster";
import type { PromptHolder } from "@/nodes/lib/prompt/held-prompt";
import { contentOf } from "@/nodes/lib/prompt/lay-over";
import { promptContent } from "@/nodes/lib/prompt/prompt-content";
import { splitName } from "@/nodes/lib/prompt/prompt-name";
import type { GraphNode } from "@/runtime/graph/document";
import { useEditor } from "../../workbench";

interface SavePromptDialogProps {
  /** With the settings that are shown. */
  readonly node: GraphNode;
  readonly holder: PromptHolder;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** A step's own words become a prompt of the library, which the step holds from then on. */
export function SavePromptDialog({ node, holder, onClose, onSaved }: SavePromptDialogProps) {
  const t = useTranslations("editor.prompt");
  const prompts = useTranslations("prompts");
  const config = useEditor(({ catalog }) => catalog.get(node.type)?.config);
  const [name, setName] = useState(node.label ?? "");
  const create = useCreatePrompt(onSaved);
  const submit = () => {
    const place = splitName(name);
    // What was never touched stands in the schema's defaults.
    const whole = config?.safeParse(node.config);
    const { kind, content } = contentOf((whole?.success ? whole.data : node.config) as typeof node.config, holder);
    const read = promptContent.safeParse(content);
    if (place.name === "" || create.isPending) return;
    if (!read.success) {
      toast.error(t("unfit"), { description: read.error.issues[0]?.message });
      return;
    }
    create.mutate({ ...place, kind, content: read.data });
  };
  return (
    <FormDialog
      title={t("saveTitle")}
      description={t("saveHelp")}
      action={prompts("create")}
      busy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <PromptNameField value={name} onChange={setName} />
    </FormDialog>
  );
}
