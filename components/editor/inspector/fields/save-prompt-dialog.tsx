import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import type { PromptHolder } from "@/nodes/lib/prompt/held-prompt";
import { contentOf } from "@/nodes/lib/prompt/lay-over";
import { promptContent, promptLimits } from "@/nodes/lib/prompt/prompt-content";
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
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const config = useEditor(({ catalog }) => catalog.get(node.type)?.config);
  const [name, setName] = useState(node.label ?? "");
  const create = useMutation(
    trpc.prompt.create.mutationOptions({
      onError: tellError,
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
        onSaved(id);
      },
    }),
  );
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
      <FormField label={prompts("name")} help={prompts("nameHelp")}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            required
            autoComplete="off"
            maxLength={promptLimits.nameLength}
            placeholder={prompts("namePlaceholder")}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
