"use client";

import { useMutation } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

interface SharePopoverProps {
  readonly id: string;
  readonly shared: boolean;
  readonly onChanged: () => void;
}

/** A link by which anybody may read the report. It is shown once: only its hash is kept. */
export function SharePopover({ id, shared, onChanged }: SharePopoverProps) {
  const t = useTranslations("experiments.share");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const [path, setPath] = useState<string | null>(null);
  const share = useMutation(
    trpc.experiment.share.mutationOptions({
      onError,
      onSuccess: (answer) => {
        setPath(answer.path);
        onChanged();
      },
    }),
  );
  const address = path === null ? null : new URL(path, window.location.origin).href;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>
          <Link2 />
          {t(shared ? "shared" : "title")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="flex w-96 flex-col gap-3">
        <p className="text-muted text-sm">{t(shared ? "isShared" : "help")}</p>
        {address === null ? null : (
          <span className="flex items-center gap-1">
            <Input readOnly aria-label={t("link")} value={address} className="font-mono text-xs" />
            <CopyButton value={address} />
          </span>
        )}
        {shared && address === null ? <p className="text-faint text-xs">{t("once")}</p> : null}
        <span className="flex justify-end gap-2">
          {shared ? (
            <Button variant="danger" busy={share.isPending} onClick={() => share.mutate({ id, shared: false })}>
              {t("end")}
            </Button>
          ) : null}
          {address === null ? (
            <Button
              variant={shared ? "secondary" : "primary"}
              busy={share.isPending}
              onClick={() => share.mutate({ id, shared: true })}
            >
              {t(shared ? "anew" : "make")}
            </Button>
          ) : null}
        </span>
      </PopoverContent>
    </Popover>
  );
}
