import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ExperimentPage } from "@/components/evaluation/results/experiment-page";
import { PageSkeleton } from "@/components/shell/page-skeleton";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experiments"))("one") };
}

export default async function OneExperimentPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ExperimentPage key={id} id={id} />
    </Suspense>
  );
}
