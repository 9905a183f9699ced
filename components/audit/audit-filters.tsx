"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { Select, SelectItem } from "@/components/ui/select";
import { type AuditFilter, type AuditKind, auditKinds } from "./audit-filter";

/** The list takes no empty value; nobody and nothing in particular is spelled so. */
const any = "any";

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  readonly onFilter: (filter: AuditFilter) => void;
}

/** Narrows the audit log down by word, person, kind and day. */
export function AuditFilters({ filter, onFilter }: AuditFiltersProps) {
  const t = useTranslations("audit");
  const trpc = useTRPC();
  const people = useQuery(trpc.audit.people.queryOptions());
  const { kind, userId, ...rest } = filter;
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-5 py-2.5">
      <SearchField
        label={t("search")}
        value={filter.query ?? ""}
        onValueChange={(query) => onFilter({ ...filter, query })}
        className="w-60"
      />
      <Select
        aria-label={t("kind")}
        className="w-40"
        value={kind ?? any}
        onValueChange={(next) =>
          onFilter({ ...rest, ...(userId && { userId }), ...(next !== any && { kind: next as AuditKind }) })
        }
      >
        <SelectItem value={any}>{t("everyKind")}</SelectItem>
        {auditKinds.map((each) => (
          <SelectItem key={each} value={each}>
            {t(`kinds.${each}`)}
          </SelectItem>
        ))}
      </Select>
      <Select
        aria-label={t("who")}
        className="w-44"
        value={userId ?? any}
        onValueChange={(next) => onFilter({ ...rest, ...(kind && { kind }), ...(next !== any && { userId: next }) })}
      >
        <SelectItem value={any}>{t("everybody")}</SelectItem>
        {people.data?.map(({ id, name }) => (
          <SelectItem key={id} value={id}>
            {name}
          </SelectItem>
        ))}
      </Select>
      <Input
        type="date"
        aria-label={t("from")}
        className="w-36"
        value={filter.from ?? ""}
        max={filter.until}
        onChange={(event) => onFilter({ ...filter, from: event.target.value })}
      />
      <span className="text-faint">{"–"}</span>
      <Input
        type="date"
        aria-label={t("until")}
        className="w-36"
        value={filter.until ?? ""}
        min={filter.from}
        onChange={(event) => onFilter({ ...filter, until: event.target.value })}
      />
    </div>
  );
}
