"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

export interface DialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, "title"> {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Buttons, the primary one last. */
  readonly footer?: ReactNode;
}

/** Scrolls its middle; title and buttons stay. */
export function DialogContent({ title, description, footer, className, children, ...props }: DialogContentProps) {
  const t = useTranslations("ui");
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fade-in-0 fixed inset-0 z-40 animate-in bg-scrim duration-120" />
      <Primitive.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fade-in-0 zoom-in-98 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-48px)] w-[calc(100vw-32px)] max-w-lg -translate-x-1/2 -translate-y-1/2 animate-in flex-col rounded-lg bg-raised shadow-pop outline-none duration-150",
          className,
        )}
        {...props}
      >
        <header className="px-5 pt-4 pr-14 pb-3">
          <Primitive.Title className="break-words font-semibold text-lg">{title}</Primitive.Title>
          {description ? (
            <Primitive.Description className="mt-0.5 text-muted text-sm">{description}</Primitive.Description>
          ) : null}
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
        {footer ? (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
            {footer}
          </footer>
        ) : null}
        {/* Last, so that the first thing in the dialog that can be used gets the focus. */}
        <Primitive.Close asChild>
          <Button variant="ghost" aria-label={t("close")} className="absolute top-3 right-3 w-7 px-0 [&_svg]:size-4">
            <X />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
