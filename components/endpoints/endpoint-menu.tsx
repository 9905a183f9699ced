"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, HeartPulse, Pencil, Power, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { EndpointItem } from "./models";

interface EndpointMenuProps {
  readonly endpoint: EndpointItem;
  readonly onEdit: () => void;
}

export function EndpointMenu({ endpoint, onEdit }: EndpointMenuProps) {
  const t = useTranslations("endpoints.menu");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.endpoint.pathKey() });
  const probe = useMutation(trpc.endpoint.probe.mutationOptions({ onError, onSettled }));
  const update = useMutation(trpc.endpoint.update.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.endpoint.remove.mutationOptions({ onError, onSettled }));
  const [asking, setAsking] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("title", { name: endpoint.name })} size="sm">
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={onEdit}>
            <Pencil />
            {t("edit")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => probe.mutate({ id: endpoint.id })}>
            <HeartPulse />
            {t("check")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => update.mutate({ id: endpoint.id, enabled: !endpoint.enabled })}>
            <Power />
            {t(endpoint.enabled ? "disable" : "enable")}
          </DropdownMenuItem>
          {endpoint.embedded ? null : (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem danger onSelect={() => setAsking(true)}>
                <Trash2 />
                {t("remove")}
              </DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("removeTitle", { name: endpoint.name })}
        description={t("removeDescription", { slug: endpoint.slug })}
        action={t("remove")}
        busy={remove.isPending}
        onAction={() => remove.mutate({ id: endpoint.id })}
      />
    </>
  );
}
