"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";

/** Gives a key another secret, and shows it: this once. */
export function RotateKey({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslations("settings.apiKeys");
  const ui = useTranslations("ui");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [open, setOpen] = useState(false);
  const rotate = useMutation(trpc.apiKey.rotate.mutationOptions({ onError }));
  const change = (next: boolean) => {
    if (!next && rotate.data) void queries.invalidateQueries({ queryKey: trpc.apiKey.pathKey() });
    if (!next) rotate.reset();
    setOpen(next);
  };
  const made = rotate.data?.key;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("rotate")}
      </Button>
      <Dialog open={open} onOpenChange={change}>
        <DialogContent
          title={made === undefined ? t("rotateTitle", { name }) : t("made")}
          description={made === undefined ? t("rotateHelp") : t("madeHelp")}
          footer={
            made === undefined ? (
              <>
                <DialogClose asChild>
                  <Button>{ui("cancel")}</Button>
                </DialogClose>
                <Button variant="primary" busy={rotate.isPending} onClick={() => rotate.mutate({ id })}>
                  {t("rotate")}
                </Button>
              </>
            ) : (
              <DialogClose asChild>
                <Button variant="primary">{t("done")}</Button>
              </DialogClose>
            )
          }
        >
          {made === undefined ? null : (
            <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-2 pr-2 pl-3">
              <code className="min-w-0 flex-1 break-all font-mono text-xs">{made}</code>
              <CopyButton value={made} label={ui("copy")} />
            </div>
          )}
        </DialogContent>
      </Dialog>
    </>
  );
}
