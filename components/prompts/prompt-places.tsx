"use client";

import { Folder, FolderOpen, Tag } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RouterOutputs } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { folderLines } from "./folder-tree";

interface PromptPlacesProps {
  readonly places: RouterOutputs["prompt"]["places"];
  readonly folder: string;
  readonly tag: string | null;
  readonly onFolder: (folder: string) => void;
  readonly onTag: (tag: string | null) => void;
}

/** Folders and tags beside the list. */
export function PromptPlaces({ places, folder, tag, onFolder, onTag }: PromptPlacesProps) {
  const t = useTranslations("prompts");
  const lines = useMemo(() => folderLines(places.folders), [places.folders]);
  return (
    <nav
      aria-label={t("places")}
      className="flex w-56 shrink-0 flex-col gap-4 overflow-y-auto border-line border-r px-2 py-3"
    >
      <ul className="flex flex-col gap-px">
        <Place active={folder === "" && tag === null} depth={0} count={places.prompts} onClick={() => onFolder("")}>
          {t("everywhere")}
        </Place>
        {lines.map((line) => (
          <Place
            key={line.folder}
            active={line.folder === folder}
            depth={line.depth}
            count={line.prompts}
            icon={line.folder === folder ? <FolderOpen /> : <Folder />}
            onClick={() => onFolder(line.folder)}
          >
            {line.name}
          </Place>
        ))}
      </ul>
      {places.tags.length > 0 ? (
        <section className="flex flex-col gap-1">
          <h2 className="px-2 text-faint text-xs">{t("tags")}</h2>
          <ul className="flex flex-col gap-px">
            {places.tags.map((each) => (
              <Place
                key={each.tag}
                active={each.tag === tag}
                depth={0}
                count={each.count}
                icon={<Tag />}
                onClick={() => onTag(each.tag === tag ? null : each.tag)}
              >
                {each.tag}
              </Place>
            ))}
          </ul>
        </section>
      ) : null}
    </nav>
  );
}

interface PlaceProps {
  readonly active: boolean;
  readonly depth: number;
  readonly count: number;
  readonly icon?: React.ReactNode;
  readonly onClick: () => void;
  readonly children: string;
}

function Place({ active, depth, count, icon, onClick, children }: PlaceProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={active}
        title={children}
        onClick={onClick}
        style={{ paddingLeft: 8 + depth * 12 }}
        className={cn(
          "flex h-7 w-full items-center gap-1.5 rounded-md pr-2 text-left text-sm [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-faint",
          active ? "bg-active font-medium text-fg" : "text-muted hover:bg-hover hover:text-fg",
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        <span className="tabular text-faint text-xs">{count}</span>
      </button>
    </li>
  );
}
