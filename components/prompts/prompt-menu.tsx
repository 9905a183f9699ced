"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, Ellipsis, Trash2 } from "lucide-react";
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
import type { PromptView, VersionView } from "./prompt-workbench";
import { savePromptFile } from "./save-prompt-file";

interface PromptMenuProps {
  readonly prompt: PromptView;
  readonly version: VersionView;
}

/** What is seldom done to a prompt or a version. What something still needs is refused by name. */
export function PromptMenu({ prompt, version }: PromptMenuProps) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const [asked, setAsked] = useState<"prompt" | "version" | null>(null);
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
  const onSettled = () => setAsked(null);
  const remove = useMutation(
    trpc.prompt.remove.mutationOptions({
      onError,
      onSettled,
      onSuccess: () => {
        router.push("/prompts");
        void queries.invalidateQueries({ queryKey: trpc.prompt.list.pathKey() });
        void queries.invalidateQueries({ queryKey: trpc.prompt.places.pathKey() });
      },
    }),
  );
  const removeVersion = useMutation(
    trpc.prompt.removeVersion.mutationOptions({ onError, onSettled, onSuccess: refresh }),
  );
  const { id, name, newest } = prompt;
  const { number } = version;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("moreActions")}>
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem
            onSelect={() => {
              const { slug, kind, folder, taskType, tags, notes } = prompt;
              void savePromptFile(slug, [
                { slug, name, kind, folder, taskType, tags, notes, content: version.content },
              ]);
            }}
          >
            <Download />
            {t("exportVersion", { number })}
          </DropdownMenuItem>
          {number === newest ? null : (
            <DropdownMenuItem onSelect={() => setAsked("version")}>
              <Trash2 />
              {t("removeVersion", { number })}
            </DropdownMenuItem>
          )}
          <DropdownMenuItem onSelect={() => setAsked("prompt")}>
            <Trash2 />
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <AlertDialog
        open={asked !== null}
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        title={asked === "version" ? t("removeVersionTitle", { number }) : t("removeTitle", { name })}
        description={t("removeHelp")}
        action={t("removeAction")}
        busy={remove.isPending || removeVersion.isPending}
        onAction={() => (asked === "version" ? removeVersion.mutate({ id, number }) : remove.mutate({ id }))}
      />
    </>
  );
}
