"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

export const AlertDialogTrigger = Primitive.Trigger;

export interface AlertDialogProps {
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** The question, ending with what will happen. */
  readonly title: ReactNode;
  readonly description: ReactNode;
  /** What one should have seen before answering, below the description. */
  readonly details?: ReactNode;
  /** The verb on the button that does it. */
  readonly action: string;
  readonly onAction: () => void;
  readonly busy?: boolean;
  /** An `AlertDialogTrigger`, where it is not opened by state. */
  readonly children?: ReactNode;
}

/** Asks before what cannot be undone, or what others notice. What can be undone is done, with an undo in a toast. */
export function AlertDialog({
  title,
  description,
  details,
  action,
  onAction,
  busy,
  children,
  ...root
}: AlertDialogProps) {
  const t = useTranslations("ui");
  return (
    <Primitive.Root {...root}>
      {children}
      <Primitive.Portal>
        <Primitive.Overlay className="fade-in-0 fixed inset-0 z-40 animate-in bg-scrim duration-120" />
        <Primitive.Content className="fade-in-0 zoom-in-98 fixed top-1/2 left-1/2 z-50 w-[calc(100vw-32px)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-in rounded-lg bg-raised p-5 shadow-pop outline-none duration-150">
          <Primitive.Title className="break-words font-semibold text-lg">{title}</Primitive.Title>
          <Primitive.Description className="mt-1 break-words text-muted text-sm">{description}</Primitive.Description>
          {details ? <div className="mt-3">{details}</div> : null}
          <div className="mt-5 flex justify-end gap-2">
            <Primitive.Cancel asChild>
              <Button>{t("cancel")}</Button>
            </Primitive.Cancel>
            <Primitive.Action asChild>
              <Button variant="danger" busy={busy} onClick={onAction}>
                {action}
              </Button>
            </Primitive.Action>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
