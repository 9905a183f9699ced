import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Runs } from "@/components/runs/runs";
import { PageSkeleton } from "@/components/shell/page-skeleton";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("runs") };
}

export default function RunsPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Runs />
    </Suspense>
  );
}
