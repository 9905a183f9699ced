"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { columnKinds, type DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { evalLimits } from "@/runtime/eval/contract/limits";

interface ColumnsDialogProps {
  readonly dataset: { readonly id: string; readonly columns: readonly DatasetColumn[] };
  readonly onClose: () => void;
}

/** Names, roles and kinds of a dataset's columns. */
export function ColumnsDialog({ dataset, onClose }: ColumnsDialogProps) {
  const t = useTranslations("datasets");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [columns, setColumns] = useState<readonly DatasetColumn[]>(dataset.columns);
  const update = useMutation(
    trpc.dataset.update.mutationOptions({
      onError,
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
        onClose();
      },
    }),
  );
  const change = (place: number, more: Partial<DatasetColumn>) =>
    setColumns(columns.map((column, index) => (index === place ? { ...column, ...more } : column)));
  const names = columns.map(({ name }) => name.trim());
  const twice = names.some((name, index) => names.indexOf(name) !== index);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent
        title={t("columnsDialog.title")}
        description={t("columnsDialog.help")}
        footer={
          <Button
            variant="primary"
            busy={update.isPending}
            disabled={twice || names.includes("")}
            onClick={() =>
              update.mutate({
                id: dataset.id,
                columns: columns.map((column) => ({ ...column, name: column.name.trim() })),
              })
            }
          >
            {t("columnsDialog.save")}
          </Button>
        }
      >
        <ul className="flex flex-col gap-2">
          {columns.map((column, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column being renamed keeps its place.
            <li key={place} className="flex items-center gap-2">
              <Input
                aria-label={t("columnsDialog.name", { number: place + 1 })}
                className="min-w-0 flex-1"
                maxLength={evalLimits.columnNameCharacters}
                value={column.name}
                onChange={(event) => change(place, { name: event.target.value })}
              />
              <Select
                aria-label={t("columnsDialog.role", { number: place + 1 })}
                className="w-28"
                value={column.role}
                onValueChange={(role) => change(place, { role: role as DatasetColumn["role"] })}
              >
                <SelectItem value="input">{t("as.input")}</SelectItem>
                <SelectItem value="expected">{t("as.expected")}</SelectItem>
              </Select>
              <Select
                aria-label={t("columnsDialog.kind", { number: place + 1 })}
                className="w-28"
                value={column.kind}
                onValueChange={(kind) => change(place, { kind: kind as DatasetColumn["kind"] })}
              >
                {columnKinds.map((kind) => (
                  <SelectItem key={kind} value={kind}>
                    {t(`kind.${kind}`)}
                  </SelectItem>
                ))}
              </Select>
              <IconButton
                label={t("columnsDialog.remove", { number: place + 1 })}
                onClick={() => setColumns(columns.filter((_, index) => index !== place))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
        {twice ? (
          <p role="alert" className="mt-2 text-error text-xs">
            {t("columnsDialog.twice")}
          </p>
        ) : null}
        {columns.length < evalLimits.columns ? (
          <Button className="mt-3" onClick={() => setColumns([...columns, { name: "", role: "input", kind: "text" }])}>
            <Plus />
            {t("columnsDialog.add")}
          </Button>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
