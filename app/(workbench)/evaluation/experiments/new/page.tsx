import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { NewExperiment } from "@/components/evaluation/set-up/new-experiment";
import { PageSkeleton } from "@/components/shell/page-skeleton";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experiments"))("new") };
}

export default function NewExperimentPage() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <NewExperiment />
    </Suspense>
  );
}
