"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Checkbox } from "@/components/ui/checkbox";
import { FormDialog } from "@/components/ui/form-dialog";
import { type Locale, localize } from "@/runtime/node/localized";

type Openable = RouterOutputs["proposal"]["desk"]["openable"][number];
/** As many as a pipeline may have open. */
const most = 50;
const keyOf = ({ node, field }: Pick<Openable, "node" | "field">) => JSON.stringify([node, field]);

interface OpenFieldsDialogProps {
  readonly pipelineId: string;
  readonly openable: readonly Openable[];
  readonly onClose: () => void;
}

/** Which settings may be changed without the canvas, by step. */
export function OpenFieldsDialog({ pipelineId, openable, onClose }: OpenFieldsDialogProps) {
  const t = useTranslations("proposals");
  const locale = useLocale() as Locale;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const id = useId();
  const [chosen, setChosen] = useState(new Set(openable.filter(({ isOpen }) => isOpen).map(keyOf)));
  const save = useMutation(
    trpc.proposal.setOpen.mutationOptions({
      onError,
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.proposal.desk.pathKey() });
        onClose();
      },
    }),
  );
  const steps = [...new Set(openable.map(({ node }) => node))].map(
    (node) => [node, openable.filter((each) => each.node === node)] as const,
  );
  return (
    <FormDialog
      title={t("openTitle")}
      description={t("openHelp", { most })}
      action={t("openSave")}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          pipelineId,
          fields: openable
            .filter((each) => chosen.has(keyOf(each)))
            .slice(0, most)
            .map(({ node, field }) => ({ node, field })),
        })
      }
    >
      {steps.map(([node, fields]) => {
        const [first] = fields;
        const title = first === undefined ? node : (first.label ?? localize(first.step, locale));
        return (
          <fieldset key={node} className="flex flex-col gap-1.5">
            <legend className="mb-1 font-medium text-sm">{title}</legend>
            <div className="grid grid-cols-2 gap-x-4 gap-y-1.5">
              {fields.map((each) => {
                const key = keyOf(each);
                const own = `${id}-${key}`;
                return (
                  <span key={key} className="flex items-center gap-2 text-sm">
                    <Checkbox
                      id={own}
                      checked={chosen.has(key)}
                      disabled={!chosen.has(key) && chosen.size >= most}
                      onCheckedChange={(checked) => {
                        const next = new Set(chosen);
                        if (checked === true) next.add(key);
                        else next.delete(key);
                        setChosen(next);
                      }}
                    />
                    <label htmlFor={own} className="min-w-0 truncate">
                      {localize(each.title, locale)}
                    </label>
                  </span>
                );
              })}
            </div>
          </fieldset>
        );
      })}
    </FormDialog>
  );
}
