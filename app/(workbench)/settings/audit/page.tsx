import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Audit } from "@/components/audit/audit";
import { PageSkeleton } from "@/components/shell/page-skeleton";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default function AuditPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Audit />
    </Suspense>
  );
}
