"use client";

import { BookOpen, Ellipsis, RotateCw, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { documentAddress } from "../addresses";
import type { DocumentItem } from "../types";

export interface DocumentMenuProps {
  readonly baseId: string;
  readonly document: Pick<DocumentItem, "id" | "name">;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
}

export function DocumentMenu({ baseId, document, onRetry, onRemove }: DocumentMenuProps) {
  const t = useTranslations("knowledge.documents");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={t("menu", { name: document.name })} size="sm">
          <Ellipsis />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem asChild>
          <Link href={documentAddress({ knowledgeBaseId: baseId, documentId: document.id })}>
            <BookOpen />
            {t("open")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={onRetry}>
          <RotateCw />
          {t("again")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem danger onSelect={onRemove}>
          <Trash2 />
          {t("remove")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
