"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";

interface ModelMenuProps {
  readonly model: { readonly id: string; readonly name: string };
  /** The version that is shown. */
  readonly version: { readonly id: string; readonly number: number } | null;
}

export function ModelMenu({ model, version }: ModelMenuProps) {
  const t = useTranslations("registry.model");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [asking, setAsking] = useState<"model" | "version" | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.tunedModel.pathKey() });
  const removeVersion = useMutation(trpc.tunedModel.removeVersion.mutationOptions({ onError, onSettled: refresh }));
  const remove = useMutation(
    trpc.tunedModel.remove.mutationOptions({
      onError,
      onSuccess: () => {
        router.push("/registry");
        void queries.invalidateQueries({ queryKey: trpc.tunedModel.list.queryKey() });
      },
    }),
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("menu", { name: model.name })}>
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {version === null ? null : (
            <DropdownMenuItem danger onSelect={() => setAsking("version")}>
              <Trash2 />
              {t("removeVersion")}
            </DropdownMenuItem>
          )}
          <DropdownMenuItem danger onSelect={() => setAsking("model")}>
            <Trash2 />
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <AlertDialog
        open={asking !== null}
        onOpenChange={(open) => {
          if (!open) setAsking(null);
        }}
        title={
          asking === "version"
            ? t("removeVersionTitle", { number: version?.number ?? 0 })
            : t("removeTitle", { name: model.name })
        }
        description={t("removeDescription")}
        action={asking === "version" ? t("removeVersion") : t("remove")}
        onAction={() =>
          asking === "version" ? removeVersion.mutate({ id: version?.id ?? "" }) : remove.mutate({ id: model.id })
        }
      />
    </>
  );
}
